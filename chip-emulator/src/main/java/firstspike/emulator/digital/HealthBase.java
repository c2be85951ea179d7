package firstspike.emulator.digital;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The counters as they stood when the program started; a program's health is the difference. Owned by one thread. */
final class HealthBase {
    private static final int BUSES = 8;
    private static final int DROP_MASK = 0xFFFF;
    private static final int EVENT_MASK = 0xFF_FFFF;

    private final int[] drops = new int[Crossbar.INPUTS];
    private final int[] events = new int[Crossbar.OUTPUTS];
    private final long[] timingLoss = new long[BUSES];
    private long lost;
    private long merged;

    HealthBase() {}

    HealthBase(HealthBase other) {
        System.arraycopy(other.drops, 0, drops, 0, drops.length);
        System.arraycopy(other.events, 0, events, 0, events.length);
        System.arraycopy(other.timingLoss, 0, timingLoss, 0, BUSES);
        lost = other.lost;
        merged = other.merged;
    }

    /** Keeps the present values. */
    void take(ChipState chip) {
        for (int i = 0; i < drops.length; i++) {
            drops[i] = chip.crossbar.dropCounter(i);
        }
        for (int o = 0; o < events.length; o++) {
            events[o] = chip.crossbar.eventCounter(o);
        }
        for (int bus = 0; bus < BUSES; bus++) {
            timingLoss[bus] = chip.buses.timingLoss(bus);
        }
        lost = chip.crossbar.lost();
        merged = chip.backends.outputs().merged();
    }

    private static List<FabricNote> notes(ChipState chip) {
        List<FabricNote> notes = new ArrayList<>(chip.notes.list());
        notes.addAll(chip.processors.notes());
        notes.sort(Comparator.comparing(FabricNote::name));
        return notes;
    }

    /** What was counted since. */
    FabricHealth health(ChipState chip) {
        int[] inputDrops = new int[drops.length];
        for (int i = 0; i < drops.length; i++) {
            inputDrops[i] = chip.crossbar.dropCounter(i) - drops[i] & DROP_MASK;
        }
        int[] outputEvents = new int[events.length];
        for (int o = 0; o < events.length; o++) {
            outputEvents[o] = chip.crossbar.eventCounter(o) - events[o] & EVENT_MASK;
        }
        long[] padi = new long[BUSES];
        for (int bus = 0; bus < BUSES; bus++) {
            padi[bus] = chip.buses.timingLoss(bus) - timingLoss[bus];
        }
        return new FabricHealth(
                chip.crossbar.lost() - lost,
                padi,
                chip.backends.outputs().merged() - merged,
                inputDrops,
                outputEvents,
                chip.notes.saturatedSamples(),
                chip.notes.silentNeurons(),
                notes(chip),
                chip.processors.health());
    }
}
