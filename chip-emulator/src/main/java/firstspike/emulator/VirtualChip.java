package firstspike.emulator;

import static firstspike.driver.error.ProgramRejectedException.Code.ILLEGAL_SNAPSHOT;

import firstspike.driver.error.ProgramRejectedException;
import firstspike.emulator.analog.ChipModel;
import firstspike.emulator.digital.WindowedChip;
import firstspike.emulator.fpga.EmulatedFpga;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The state behind one or, when shared, several links: an FPGA with a chip, and its snapshots. Made when it is first asked for,
 * because a chip takes megabytes and many sessions wait without one. Guarded by its lock.
 */
final class VirtualChip {

    private static final int MOST_SNAPSHOTS = 64;

    private final ReentrantLock turn = new ReentrantLock(true);
    private final SortedMap<String, EmulatedFpga> snapshots = new TreeMap<>();
    private final Supplier<EmulatedFpga> powerOn;
    private EmulatedFpga fpga;
    private long snapshotCount;

    /**
     * @param options of the target
     * @param index of the chip among those of the target
     * @param model of that chip; all virtual chips of an index may share it
     * @param threads that the chip may use, 1 or more; changes no byte
     */
    VirtualChip(EmulatorOptions options, int index, ChipModel model, int threads) {
        powerOn = () ->
                new EmulatedFpga(options.fpga(model), () -> new WindowedChip(model, options.fabric(index), threads));
    }

    /** Held while a program runs. */
    ReentrantLock turn() {
        return turn;
    }

    EmulatedFpga fpga() {
        if (fpga == null) {
            fpga = powerOn.get();
        }
        return fpga;
    }

    String snapshot() {
        if (snapshots.size() >= MOST_SNAPSHOTS) {
            throw new ProgramRejectedException(
                    ILLEGAL_SNAPSHOT, "snapshots of a chip", snapshots.size() + 1, MOST_SNAPSHOTS, "open a new link");
        }
        String id = "snapshot-" + snapshotCount++;
        snapshots.put(id, fpga().copy());
        return id;
    }

    void restore(String id) {
        EmulatedFpga saved = snapshots.get(id);
        if (saved == null) {
            throw new ProgramRejectedException(
                    ILLEGAL_SNAPSHOT,
                    "snapshot",
                    id,
                    String.join(", ", snapshots.keySet()),
                    "use an id that snapshot gave");
        }
        fpga = saved.copy();
    }
}
