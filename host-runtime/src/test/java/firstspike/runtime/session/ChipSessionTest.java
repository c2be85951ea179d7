package firstspike.runtime.session;

import static firstspike.driver.error.ProgramRejectedException.Code.MALFORMED_REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.coordinate.SynapseQuad;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.InstructionTimeoutException;
import firstspike.driver.error.LinkLostException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.error.SessionStateLostException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.ReinitStack;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.ScriptedLink;
import firstspike.driver.link.ScriptedSource;
import firstspike.driver.link.TestClock;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.register.Container;
import firstspike.driver.register.SynapseWeightQuad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChipSessionTest {

    private static final int WEIGHT_WORD = 0x02C0_0000 + 64 * 4 + 5;
    private static final int WEIGHT_PLACE = ChipConfiguration.weightPlace(64 * 4 + 5);

    private final ScriptedLink chip = new ScriptedLink();
    private final ChipConfiguration configuration = ChipConfiguration.defaults();

    @Test
    @DisplayName("registers 17: set-up writes every word once after the initialisation, and waits 20 ms")
    void setUp() {
        ChipSession session = ChipSession.open(first -> chip, 0, 0);

        session.configure(configuration);

        assertThat(chip.programs()).hasSize(1);
        assertThat(chip.options()).containsExactly(RunOptions.forSetup());
        Map<Integer, Integer> written = writes(chip.programs().get(0));
        for (int place = 0; place < ChipConfiguration.size(); place++) {
            assertThat(written).containsEntry(ChipConfiguration.address(place), configuration.word(place));
        }
        PlaybackProgram program = chip.programs().get(0);
        assertThat(program.word(program.size() - 1)).isEqualTo(ToFpga.waitUntil(2_499_999));
    }

    @Test
    @DisplayName(
            "playback 14.5: batches on an emulator may wait for a processor, those on hardware have the usual limit")
    void executionLimits() {
        for (ChipDescription.Kind kind : ChipDescription.Kind.values()) {
            ScriptedLink link = new ScriptedLink(TestClock.jumping(), described(kind));
            ChipSession session = ChipSession.open(first -> link, 0, 0);

            session.run(WordPatch.NONE, builder -> null);

            RunOptions usual = RunOptions.defaults();
            assertThat(link.options().get(1))
                    .isEqualTo(
                            kind == ChipDescription.Kind.EMULATOR
                                    ? usual.withExecutionLimit(Duration.ofMinutes(10))
                                    : usual);
        }
    }

    private static ChipDescription described(ChipDescription.Kind kind) {
        return new ChipDescription(
                kind,
                "any:",
                new ChipId("any"),
                "nominal",
                3,
                false,
                "scripted",
                8000,
                OptionalLong.empty(),
                OptionalLong.empty(),
                PlaybackProgram.MAX_INSTRUCTIONS,
                new TreeMap<>());
    }

    @Test
    @DisplayName("playback 10.5: later programs write only words that differ")
    void writesDifferences() {
        ChipSession session = ChipSession.open(first -> chip, 0, 0);
        session.configure(configuration);

        session.configure(configuration);
        assertThat(chip.programs()).hasSize(1);

        WordPatch patch = new WordPatch(new int[] {WEIGHT_PLACE}, new int[] {0x3f});
        session.run(patch, builder -> null);
        assertThat(writes(chip.programs().get(1))).isEqualTo(Map.of(WEIGHT_WORD, 0x3f));

        session.run(patch, builder -> null);
        assertThat(chip.programs().get(2).size()).isZero();

        session.configure(configuration);
        assertThat(writes(chip.programs().get(3))).isEqualTo(Map.of(WEIGHT_WORD, 0));
        assertThat(chip.options().get(3).setup()).isTrue();
        assertThat(session.nextProgram()).isEqualTo(2);
    }

    @Test
    @DisplayName("playback 10.5: after a failed run everything is written again, with the words that were wanted")
    void rewritesAfterFailure() {
        ChipSession session = ChipSession.open(first -> chip, 0, 0);
        session.configure(configuration);
        WordPatch patch = new WordPatch(new int[] {WEIGHT_PLACE}, new int[] {7});
        chip.failWithTimeoutAt(0);
        assertThatThrownBy(() -> session.run(patch, builder -> builder.marker()))
                .isInstanceOf(InstructionTimeoutException.class);

        session.run(patch, builder -> null);

        Map<Integer, Integer> written = writes(chip.programs().get(2));
        assertThat(chip.options().get(2).setup()).isTrue();
        assertThat(written.size()).isGreaterThanOrEqualTo(ChipConfiguration.size());
        assertThat(written).containsEntry(WEIGHT_WORD, 7);
        assertThat(chip.programs().get(3).size()).isZero();
    }

    @Test
    @DisplayName("errors 2: a rejected program leaves what is known of the chip as it was")
    void rejectedChangesNothing() {
        ChipSession session = ChipSession.open(first -> chip, 0, 0);
        session.configure(configuration);
        chip.failNth(
                2, new ProgramRejectedException(MALFORMED_REQUEST, ErrorDetail.of("program", 1, 0, "change it"), null));
        WordPatch patch = new WordPatch(new int[] {WEIGHT_PLACE}, new int[] {7});
        assertThatThrownBy(() -> session.run(patch, builder -> null))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("MALFORMED_REQUEST", error -> ((ChipException) error).code());

        session.run(patch, builder -> null);

        assertThat(chip.programs()).hasSize(3);
        assertThat(writes(chip.programs().get(2))).isEqualTo(Map.of(WEIGHT_WORD, 7));
    }

    @Test
    @DisplayName(
            "playback 14.7: a lost link is opened with the ordinal of the lost program, set up, and the program repeated")
    void reopens() {
        ScriptedLink second = new ScriptedLink();
        ScriptedSource source = ScriptedSource.of(chip, second);
        ChipSession session = ChipSession.open(
                first -> source.open(
                        chip.describe().chipId(), LinkOptions.defaults().withFirstProgramOrdinal(first)),
                40,
                1);
        session.configure(configuration);
        session.run(WordPatch.NONE, builder -> null);
        chip.failNth(3, new LinkLostException(ErrorDetail.of("link", "lost", "", "resume"), null, null, false));

        Executed<Object> run = session.run(WordPatch.NONE, builder -> builder.marker());

        assertThat(run.program()).isEqualTo(41);
        assertThat(source.options())
                .extracting(LinkOptions::firstProgramOrdinal)
                .containsExactly(40L, 41L);
        assertThat(chip.isClosed()).isTrue();
        assertThat(second.options()).containsExactly(RunOptions.forSetup(), RunOptions.defaults());
        assertThat(second.programs().get(1)).isEqualTo(chip.programs().get(2));
        assertThat(session.repeats()).isEqualTo(1);
        session.close();
        assertThat(second.isClosed()).isTrue();
    }

    private static SessionStateLostException stateLost() {
        ErrorDetail detail = ErrorDetail.of("state of the chip", "another session used it", "", "set it up again");
        return new SessionStateLostException(detail, null, null, false);
    }

    @Test
    @DisplayName(
            "playback 10.4: a chip that went to somebody else is restored from the stack of its server from then on")
    void keptOnStack() {
        RecordedStack stack = new RecordedStack();
        ChipSession session = ChipSession.open(first -> chip.reinit(stack), 0, 1);
        session.configure(configuration);
        WordPatch patch = new WordPatch(new int[] {WEIGHT_PLACE}, new int[] {7});
        session.run(patch, builder -> null);
        assertThat(stack.programs).isEmpty();
        chip.failNth(3, stateLost());

        WordPatch next = new WordPatch(new int[] {WEIGHT_PLACE}, new int[] {8});
        session.run(next, builder -> builder.marker());

        assertThat(chip.options())
                .containsExactly(
                        RunOptions.forSetup(), RunOptions.defaults(), RunOptions.defaults(), RunOptions.defaults());
        Map<Integer, Integer> expected = new HashMap<>(writes(chip.programs().get(0)));
        expected.put(WEIGHT_WORD, 8);
        assertThat(writes(stack.programs.get(0))).isEqualTo(expected);
        assertThat(writes(stack.programs.get(1))).isEqualTo(Map.of(WEIGHT_WORD, 8));
        assertThat(stack.snapshots.get(0)).isEmpty();
        assertThat(reads(stack.snapshots.get(1).orElseThrow())).containsExactly(WEIGHT_WORD);
        assertThat(writes(chip.programs().get(3))).isEmpty();
        assertThat(session.repeats()).isZero();
        assertThat(session.nextProgram()).isEqualTo(2);
    }

    @Test
    @DisplayName("playback 10.4: words that programs change are read when the chip is lost; new ones join them")
    void changingWords() {
        RecordedStack stack = new RecordedStack();
        ChipSession session = ChipSession.open(first -> chip.reinit(stack), 0, 1);
        session.configure(configuration);
        chip.failNth(2, stateLost());
        session.run(WordPatch.NONE, builder -> builder.marker());
        assertThat(stack.programs).hasSize(1);
        int other = ChipConfiguration.weightPlace(9);

        session.run(new WordPatch(new int[] {other}, new int[] {5}), builder -> null);
        session.run(new WordPatch(new int[] {other}, new int[] {6}), builder -> null);
        session.run(new WordPatch(new int[] {WEIGHT_PLACE}, new int[] {7}), builder -> null);

        assertThat(stack.programs).hasSize(2);
        assertThat(writes(stack.programs.get(1)))
                .isEqualTo(Map.of(ChipConfiguration.address(other), 6, WEIGHT_WORD, 0));
        assertThat(reads(stack.snapshots.get(1).orElseThrow()))
                .containsExactlyInAnyOrder(ChipConfiguration.address(other), WEIGHT_WORD);
        assertThat(writes(chip.programs().get(5))).isEqualTo(Map.of(WEIGHT_WORD, 7));
    }

    @Test
    @DisplayName("playback 10.5: after a failed run the stack sets the chip up again, with the words that were wanted")
    void failedRunOnStack() {
        RecordedStack stack = new RecordedStack();
        ChipSession session = ChipSession.open(first -> chip.reinit(stack), 0, 1);
        session.configure(configuration);
        chip.failNth(2, stateLost());
        session.run(new WordPatch(new int[] {WEIGHT_PLACE}, new int[] {7}), builder -> builder.marker());
        chip.failWithTimeoutAt(0);
        WordPatch patch = new WordPatch(new int[] {WEIGHT_PLACE}, new int[] {8});
        assertThatThrownBy(() -> session.run(patch, builder -> builder.marker()))
                .isInstanceOf(InstructionTimeoutException.class);

        session.run(patch, builder -> builder.marker());

        assertThat(stack.programs).hasSize(2);
        assertThat(writes(stack.programs.get(0))).containsEntry(WEIGHT_WORD, 8);
        assertThat(writes(stack.programs.get(1))).isEqualTo(Map.of(WEIGHT_WORD, 8));
        assertThat(writes(chip.programs().get(4))).isEmpty();
    }

    @Test
    @DisplayName("playback 10.4: a session whose snapshots failed is opened anew, set up, and the program repeated")
    void stateLostForGood() {
        ScriptedLink second = new ScriptedLink();
        ScriptedSource source = ScriptedSource.of(chip, second);
        ChipSession session =
                ChipSession.open(first -> source.open(chip.describe().chipId(), LinkOptions.defaults()), 0, 2);
        session.configure(configuration);
        chip.failNth(2, stateLost());
        chip.failNth(3, stateLost());

        session.run(WordPatch.NONE, builder -> builder.marker());

        assertThat(second.options()).containsExactly(RunOptions.forSetup(), RunOptions.defaults());
        assertThat(second.programs().get(0)).isEqualTo(chip.programs().get(0));
        assertThat(session.repeats()).isEqualTo(1);
    }

    @Test
    @DisplayName("J15 when no new link can be had the first error stays the one that is told")
    void reopeningFails() {
        ScriptedSource source = ScriptedSource.of(chip);
        ChipSession session =
                ChipSession.open(first -> source.open(chip.describe().chipId(), LinkOptions.defaults()), 0, 5);
        chip.failNth(1, new LinkLostException(ErrorDetail.of("link", "lost", "", "resume"), null, null, false));

        assertThatThrownBy(() -> session.configure(configuration))
                .isInstanceOf(LinkLostException.class)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    @Test
    @DisplayName("a configuration gives back what was set")
    void configurationValues() {
        ChipConfiguration changed = configuration
                .change()
                .set(new SynapseWeightQuad(SynapseQuad.of(17_000), 1, 2, 3, 63))
                .build();

        assertThat(changed.values(Container.SYNAPSE_WEIGHT_QUAD, 17_000).value("values", 3))
                .isEqualTo(63);
        assertThat(changed.word(ChipConfiguration.weightPlace(17_000))).isNotZero();
        assertThat(changed).isNotEqualTo(configuration);
        assertThat(changed.change().build()).isEqualTo(changed);
    }

    private static List<Integer> reads(PlaybackProgram program) {
        List<Integer> read = new ArrayList<>();
        for (int i = 0; i < program.size(); i++) {
            long word = program.word(i);
            if (ToFpga.kind(word) == ToFpga.Kind.OMNIBUS_ADDRESS && ToFpga.isRead(word)) {
                read.add(ToFpga.address(word));
            }
        }
        return read;
    }

    /** The stack of a server, to look at. */
    private static final class RecordedStack implements ReinitStack {

        private final List<PlaybackProgram> programs = new ArrayList<>();
        private final List<Optional<PlaybackProgram>> snapshots = new ArrayList<>();

        @Override
        public int push(PlaybackProgram program, Optional<PlaybackProgram> snapshot) {
            programs.add(program);
            snapshots.add(snapshot);
            return programs.size() - 1;
        }

        @Override
        public void update(int index, PlaybackProgram program, Optional<PlaybackProgram> snapshot) {
            programs.set(index, program);
            snapshots.set(index, snapshot);
        }

        @Override
        public void pop() {
            throw new AssertionError("pop");
        }

        @Override
        public void enforce() {
            throw new AssertionError("enforce");
        }
    }

    private static Map<Integer, Integer> writes(PlaybackProgram program) {
        Map<Integer, Integer> written = new HashMap<>();
        for (int i = 0; i + 1 < program.size(); i++) {
            long word = program.word(i);
            if (ToFpga.kind(word) == ToFpga.Kind.OMNIBUS_ADDRESS && !ToFpga.isRead(word)) {
                written.put(ToFpga.address(word), (int) ToFpga.value(program.word(i + 1)));
            }
        }
        return written;
    }
}
