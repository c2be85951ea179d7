package firstspike.emulator;

import firstspike.driver.link.PpuPolicy;
import firstspike.emulator.digital.DigitalChip;
import firstspike.emulator.fpga.EmulatedFpga;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The state behind one or, when shared, several links: an FPGA with a chip, and its snapshots. Guarded by its lock. */
final class VirtualChip {

    private static final int MOST_SNAPSHOTS = 64;

    private final ReentrantLock turn = new ReentrantLock(true);
    private final Map<String, EmulatedFpga> snapshots = new HashMap<>();
    private EmulatedFpga fpga;
    private long snapshotCount;

    VirtualChip(EmulatorOptions options, int index, PpuPolicy ppu) {
        fpga = new EmulatedFpga(
                options.fpga(index, ppu), new DigitalChip(options.model(index), options.fabric(index)));
    }

    /** Held while a program runs. */
    ReentrantLock turn() {
        return turn;
    }

    EmulatedFpga fpga() {
        return fpga;
    }

    String snapshot() {
        if (snapshots.size() >= MOST_SNAPSHOTS) {
            throw new IllegalStateException("snapshots of a chip: " + snapshots.size() + " (limit: " + MOST_SNAPSHOTS
                    + "); open a new link");
        }
        String id = "snapshot-" + snapshotCount++;
        snapshots.put(id, fpga.copy());
        return id;
    }

    void restore(String id) {
        EmulatedFpga saved = snapshots.get(id);
        if (saved == null) {
            throw new IllegalArgumentException("snapshot: '" + id + "' (known: " + new java.util.TreeSet<>(snapshots.keySet())
                    + "); use an id that snapshot gave");
        }
        fpga = saved.copy();
    }
}
