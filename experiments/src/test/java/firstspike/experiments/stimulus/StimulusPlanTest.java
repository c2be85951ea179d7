package firstspike.experiments.stimulus;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.runtime.exchange.csv.SpikeTable;
import firstspike.runtime.mapping.LabelOwner;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StimulusPlanTest {

    private static final List<LabelOwner> OWNERS = List.of(
            new LabelOwner(true, 1, LabelOwner.INPUT, 0),
            new LabelOwner(true, 1 << 14, LabelOwner.INPUT, 1),
            new LabelOwner(true, 2 << 14, LabelOwner.INPUT, 2),
            new LabelOwner(true, 3 << 14, LabelOwner.INPUT, 2));

    @Test
    void everyCopyOfAnInputIsSent() {
        SpikeTable table = new SpikeTable();
        table.add(0, 100, true, SpikeTable.NONE, "", 2);

        PlannedProgram program = plan(table).programs().get(0);

        assertThat(program.ticks()).containsExactly(100, 100);
        assertThat(program.labels()).containsExactly((short) (2 << 14), (short) (3 << 14));
        assertThat(program.endTick()).isEqualTo(12_600);
    }

    @Test
    void threeEventsATickAndOneAChannel() {
        long seed = 7;
        SplittableRandom random = new SplittableRandom(seed);
        SpikeTable table = new SpikeTable();
        for (int i = 0; i < 3000; i++) {
            table.add(0, random.nextLong(1500), true, SpikeTable.NONE, "", random.nextInt(3));
        }

        PlannedProgram program = plan(table).programs().get(0);

        int[] inTick = new int[1 << 14];
        int[] onChannel = new int[4 << 14];
        long before = 0;
        for (int i = 0; i < program.count(); i++) {
            int tick = Math.toIntExact(program.ticks()[i]);
            assertThat(program.ticks()[i]).as("seed " + seed).isGreaterThanOrEqualTo(Math.max(1, before));
            before = tick;
            assertThat(++inTick[tick]).isLessThanOrEqualTo(3);
            assertThat(++onChannel[tick * 4 + ((program.labels()[i] & 0xffff) >> 14)])
                    .isEqualTo(1);
        }
        assertThat(program.moved()).isPositive();
    }

    @Test
    void aLongStimulusIsCutWhereItIsSilent() {
        SpikeTable table = new SpikeTable();
        long tick = 0;
        List<Long> due = new ArrayList<>();
        int events = StimulusPlan.MOST_EVENTS * 2;
        for (int i = 0; i < events; i++) {
            tick += i % 200_000 == 199_999 ? 1_000_000 : 10;
            due.add(tick);
            table.add(0, tick, true, SpikeTable.NONE, "", 0);
        }

        StimulusPlan plan =
                StimulusPlan.of(table, OWNERS, OptionalLong.of(tick + 3 * StimulusPlan.LONGEST_TICKS), false);

        List<Long> sent = new ArrayList<>();
        for (PlannedProgram program : plan.programs()) {
            assertThat(program.count()).isLessThanOrEqualTo(StimulusPlan.MOST_EVENTS);
            assertThat(program.endTick()).isLessThanOrEqualTo(StimulusPlan.LONGEST_TICKS);
            for (long at : program.ticks()) {
                sent.add(at + program.startTick());
            }
        }
        assertThat(sent).isEqualTo(due);
        assertThat(plan.cuts()).isEqualTo(plan.programs().size() - 1);
        assertThat(plan.programs().get(1).startTick()).isEqualTo(due.get(199_999) - 125);
    }

    @Test
    void farEventsAreReachedBySilentPrograms() {
        SpikeTable table = new SpikeTable();
        table.add(0, 5 * StimulusPlan.LONGEST_TICKS / 2, true, 1, "", SpikeTable.NONE);

        List<PlannedProgram> programs = plan(table).programs();

        assertThat(programs).hasSize(3);
        assertThat(programs.get(2).startTick() + programs.get(2).ticks()[0])
                .isEqualTo(5 * StimulusPlan.LONGEST_TICKS / 2);
    }

    private static StimulusPlan plan(SpikeTable table) {
        return StimulusPlan.of(table, OWNERS, OptionalLong.empty(), true);
    }
}
