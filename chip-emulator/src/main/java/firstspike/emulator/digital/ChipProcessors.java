package firstspike.emulator.digital;

import firstspike.emulator.ppu.Processor;
import firstspike.emulator.ppu.Processors;
import java.util.ArrayList;
import java.util.List;

/**
 * The plasticity processors of a chip: made when one is first started, so that a chip without programs pays nothing for them.
 * Mutable; owned by the thread of the chip.
 */
final class ChipProcessors {
    private static final int COUNT = 2;
    private static final int WORDS = 4096;
    private static final int RUN = 1;
    private static final int CLOCK_ON = 2;
    private static final int CLOCK_OFF = 4;

    private final ChipState chip;
    private OffChipMemory offChip;
    private Processors processors;
    private boolean executes;
    private long now;

    ChipProcessors(ChipState chip) {
        this.chip = chip;
    }

    void copyFrom(ChipProcessors other) {
        executes = other.executes;
        now = other.now;
        if (other.processors != null) {
            make();
            for (int i = 0; i < COUNT; i++) {
                processors.of(i).copyFrom(other.processors.of(i));
            }
        }
    }

    private void make() {
        processors = new Processors(processor(0), processor(1));
    }

    private Processor processor(int index) {
        int base = RegisterSpace.PLAIN_PPU + WORDS * index;
        return new Processor(index, chip.registers.plain, base, new ProcessorBridge(chip, index, this));
    }

    /** What is behind the chip. */
    void connect(OffChipMemory memory) {
        offChip = memory;
    }

    OffChipMemory offChip() {
        return offChip;
    }

    /** Half-tick that the chip has reached. */
    long now() {
        return now;
    }

    /** Whether a start lets a processor run from now on, instead of being stored without effect. */
    void execute(boolean does) {
        executes = does;
    }

    /** Half-tick at which a processor acts next. */
    long next() {
        return processors == null ? Processor.NEVER : processors.next();
    }

    /** Whether one runs, or sleeps and will wake by itself. */
    boolean any() {
        return next() != Processor.NEVER;
    }

    /**
     * What is due at a half-tick happens, and what nobody else sees until another.
     *
     * @param h that the chip has reached
     * @param until exclusive
     */
    void run(long h, long until) {
        now = h;
        processors.run(h, until);
    }

    /** A control register changed at a half-tick. */
    void control(int index, int before, int after, long h) {
        int changed = before ^ after;
        if (!executes && processors == null) {
            return;
        }
        if (processors == null) {
            make();
        }
        Processor processor = processors.of(index);
        if ((changed & RUN) != 0) {
            if ((after & RUN) == 0) {
                processor.stop();
            } else if (executes) {
                processor.start(h);
            }
        }
        if ((after & (CLOCK_ON | CLOCK_OFF)) == CLOCK_OFF) {
            processor.freeze(h);
        } else {
            processor.unfreeze(h);
        }
    }

    /** The chip's reset. */
    void powerOn() {
        for (int i = 0; processors != null && i < COUNT; i++) {
            processors.of(i).powerOn();
        }
    }

    /** Status word of a processor: bit 0 says that it sleeps. */
    int status(int index) {
        return processors == null || processors.of(index).state() != Processor.State.RUN ? 1 : 0;
    }

    /** What each processor did since its start; empty where none was ever started. */
    List<ProcessorHealth> health() {
        List<ProcessorHealth> health = new ArrayList<>();
        for (int i = 0; processors != null && i < COUNT; i++) {
            Processor p = processors.of(i);
            health.add(new ProcessorHealth(
                    p.cycles(), p.instructions(), p.programCounter(), p.illegal(), p.wrapped(), p.unmapped()));
        }
        return health;
    }

    /** What is to be said about their programs. */
    List<FabricNote> notes() {
        List<FabricNote> notes = new ArrayList<>();
        for (int i = 0; processors != null && i < COUNT; i++) {
            Processor p = processors.of(i);
            String name = i == 0 ? "top processor: " : "bottom processor: ";
            if (p.illegal() > 0) {
                notes.add(new FabricNote("ppu-illegal", name + p.illegalText(), p.illegal()));
            }
            if (p.unmapped() > 0) {
                notes.add(new FabricNote("ppu-unmapped", name + p.unmappedText(), p.unmapped()));
            }
        }
        return notes;
    }
}
