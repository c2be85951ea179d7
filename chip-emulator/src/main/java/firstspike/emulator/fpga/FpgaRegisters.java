package firstspike.emulator.fpga;

import firstspike.driver.register.AddressMap;
import firstspike.emulator.digital.ChipTiming;
import java.util.HashMap;
import java.util.Map;

/**
 * The registers of the FPGA (registers.md 2.3, 13): storage, identity, timer read-out, synchronisation and link state,
 * external memories and the board's sensors. What a write causes elsewhere is told to an {@link Effects}. Mutable; one
 * owner thread.
 */
final class FpgaRegisters {

    static final int RECORDING = 0x8800_0005;
    static final int POLL_ADDRESS = 0x8800_0006;
    static final int POLL_TARGET = 0x8800_0007;
    static final int POLL_MASK = 0x8800_0008;
    static final int INSTRUCTION_TIMEOUT = 0x8800_0009;
    static final int PHY_MASK = 0x8800_4000;

    private static final int EXTERNAL_MEMORY = 0x8000_0000;
    private static final int EXTERNAL_MEMORY_WORDS = 0x8000;
    private static final int DRAM = 0x8400_0000;
    private static final int DRAM_WORDS = 0x0400_0000;
    private static final int DNA_HIGH = 0x8800_0003;
    private static final int DNA_LOW = 0x8800_0004;
    private static final int TIMER = 0x8800_000C;
    private static final int SYNC_RETRIES = 0x8800_2000;
    private static final int RTT_HIGH = 0x8800_2001;
    private static final int RTT_LOW = 0x8800_2002;
    private static final int CHIP_TIME_HIGH = 0x8800_2003;
    private static final int CHIP_TIME_LOW = 0x8800_2004;
    private static final int SYNC_ACTIVE = 0x8800_2005;
    private static final int ONLINE_TIME = 0x8800_400C;
    private static final int SPI = 0x8800_7000;
    private static final int I2C = 0x8800_7800;
    private static final int I2C_PRESCALER = 0x8800_7A00;
    private static final int I2C_END = 0x8800_7C00;

    private static final long DNA_BASE = 0x0F15_75E1_C0DEL;
    private static final int DEFAULT_TIMEOUT = 1_250_000;
    private static final int DEFAULT_RETRIES = 3;

    private final AddressMap map = AddressMap.standard();
    private final ChipTiming timing;
    private final long dna;
    private final Map<Integer, Integer> words;
    private final PagedMemory externalMemory;
    private final PagedMemory dram;
    private final BoardSensors sensors;
    private final LinkAccesses linkAccesses;
    private long lastChipTime;

    /**
     * Registers at power-on.
     *
     * @param timing durations
     * @param seed of the chip, decides the device identity
     */
    FpgaRegisters(ChipTiming timing, long seed) {
        this.timing = timing;
        dna = DNA_BASE + (seed & 0xffff_ffffL);
        words = new HashMap<>();
        words.put(INSTRUCTION_TIMEOUT, DEFAULT_TIMEOUT);
        words.put(SYNC_RETRIES, DEFAULT_RETRIES);
        words.put(RECORDING, 1);
        externalMemory = new PagedMemory(EXTERNAL_MEMORY_WORDS);
        dram = new PagedMemory(DRAM_WORDS);
        sensors = new BoardSensors(seed);
        linkAccesses = new LinkAccesses();
    }

    private FpgaRegisters(FpgaRegisters other) {
        timing = other.timing;
        dna = other.dna;
        words = new HashMap<>(other.words);
        externalMemory = other.externalMemory.copy();
        dram = other.dram.copy();
        sensors = other.sensors.copy();
        linkAccesses = other.linkAccesses.copy();
        lastChipTime = other.lastChipTime;
    }

    FpgaRegisters copy() {
        return new FpgaRegisters(this);
    }

    /** Identity of a device, 57 bit (registers.md 13). */
    static long dna(long seed) {
        return DNA_BASE + (seed & 0xffff_ffffL);
    }

    /** How many accesses may be in flight at an address: register file 8, SPI and I2C 1 each (playback.md 4.4). */
    static int pathOf(int address) {
        if (address >= SPI && address < I2C) {
            return 1;
        }
        return address >= I2C && address < I2C_END ? 2 : 0;
    }

    /** What went over the chip link. */
    LinkAccesses linkAccesses() {
        return linkAccesses;
    }

    /** Power of the chip in watt that the board's sensors show from now on. */
    void power(double watt) {
        sensors.power(watt);
    }

    /** Last chip time that a synchronisation set, 43 bit. */
    void lastChipTime(long ticks) {
        lastChipTime = ticks;
    }

    /** Stored word of a register without side effects. */
    int stored(int address) {
        return words.getOrDefault(address, 0);
    }

    /** Ticks for which an instruction may block. */
    long instructionTimeout() {
        return stored(INSTRUCTION_TIMEOUT) & 0xffff_ffffL;
    }

    /**
     * A write takes effect.
     *
     * @param tick when
     * @param address bit 31 set
     * @param value the word
     * @param byteEnables bit k enables byte k
     * @param effects is told of changes that concern others
     */
    void write(long tick, int address, int value, int byteEnables, Effects effects) {
        if (address < DRAM + DRAM_WORDS) {
            writeMemory(address, value, byteEnables);
            return;
        }
        int mask = byteMask(byteEnables);
        if (pathOf(address) == 2 && address != I2C_PRESCALER) {
            sensors.write(address - I2C, value);
            return;
        }
        long place = map.locate(address);
        if (place == AddressMap.UNMAPPED
                || !AddressMap.container(place).layout().access().isWritable()) {
            return;
        }
        int word = stored(address) & ~mask | value & mask & map.storageMask(address);
        words.put(address, word);
        if (address == RECORDING) {
            effects.recordingChanged(tick, (word & 1) != 0);
        } else if (address == PHY_MASK) {
            effects.phyMaskChanged(tick, word);
        }
    }

    /** Whether a word of the external memory or the DRAM is at an address. */
    static boolean isMemory(int address) {
        return address < DRAM ? address - EXTERNAL_MEMORY < EXTERNAL_MEMORY_WORDS : address < DRAM + DRAM_WORDS;
    }

    /** Whether a register that can be read is at an address. */
    boolean isRegister(int address) {
        return map.locate(address) != AddressMap.UNMAPPED;
    }

    /** Writes bytes of a word in the address range of the memories; nothing where none is. */
    void writeMemory(int address, int value, int byteEnables) {
        int mask = byteMask(byteEnables);
        if (address >= DRAM) {
            dram.write(address - DRAM, value, mask);
        } else if (address - EXTERNAL_MEMORY < EXTERNAL_MEMORY_WORDS) {
            externalMemory.write(address - EXTERNAL_MEMORY, value, mask);
        }
    }

    /**
     * Value of a register at a tick.
     *
     * @param tick when it is sampled
     * @param address bit 31 set
     * @param timer value of the playback timer at that tick
     * @param syncActive whether a synchronisation is in progress at that tick
     * @param links state of the links
     */
    int read(long tick, int address, int timer, boolean syncActive, HighSpeedLinks links) {
        if (address < DRAM) {
            return address - EXTERNAL_MEMORY < EXTERNAL_MEMORY_WORDS
                    ? externalMemory.read(address - EXTERNAL_MEMORY)
                    : 0;
        }
        if (address < DRAM + DRAM_WORDS) {
            return dram.read(address - DRAM);
        }
        if (pathOf(address) == 2 && address != I2C_PRESCALER) {
            return sensors.read(address - I2C);
        }
        if (address >= ONLINE_TIME && address < ONLINE_TIME + HighSpeedLinks.COUNT) {
            return (int) links.onlineTicks(address - ONLINE_TIME, tick);
        }
        if (address >= LinkAccesses.FIRST && address < LinkAccesses.FIRST + LinkAccesses.WORDS) {
            return linkAccesses.word(address);
        }
        long roundTrip = timing.down() + timing.up();
        return switch (address) {
            case DNA_HIGH -> (int) (dna >>> 32);
            case DNA_LOW -> (int) dna;
            case TIMER -> timer;
            case RTT_HIGH -> 0;
            case RTT_LOW -> (int) roundTrip;
            case CHIP_TIME_HIGH -> (int) (lastChipTime >>> 32);
            case CHIP_TIME_LOW -> (int) lastChipTime;
            case SYNC_ACTIVE -> syncActive ? 1 : 0;
            default -> stored(address);
        };
    }

    /** A word after a write with byte enables. */
    static int merged(int before, int word, int byteEnables) {
        int mask = byteMask(byteEnables);
        return before & ~mask | word & mask;
    }

    private static int byteMask(int byteEnables) {
        int mask = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            if ((byteEnables >> i & 1) != 0) {
                mask |= 0xff << Byte.SIZE * i;
            }
        }
        return mask;
    }

    /** Is told what a write changes outside the register file. */
    interface Effects {

        /** Event recording is switched. */
        void recordingChanged(long tick, boolean on);

        /** The FPGA's link mask changes. */
        void phyMaskChanged(long tick, int mask);
    }
}
