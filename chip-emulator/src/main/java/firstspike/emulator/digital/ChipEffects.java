package firstspike.emulator.digital;

import java.util.Arrays;

/**
 * What reaches the chip from the FPGA, as flat columns in the order in which it happens: ascending ticks, and within a
 * tick control effects (reset line, synchronisation, timer reset, program start), then register accesses, then spikes,
 * each in the order of their issue (playback.md 12). Ticks count from power-on of the emulator and never wrap. Mutable;
 * filled and read by one thread.
 */
public final class ChipEffects {

    private static final Kind[] KINDS = Kind.values();
    /** Effects that columns keep room for while nothing happens, 21 KiB. */
    private static final int KEPT = 1024;
    /** Effects that room is kept for at most, 5 MiB: what a program needed the next one needs again. */
    private static final int MOST_KEPT = 1 << 18;

    private long[] tick;
    private byte[] kind;
    private int[] address;
    private long[] value;
    private int size;
    /** Most effects at a time since {@link #trim}, and between the two before: set-up and batch take turns. */
    private int most;

    private int mostBefore;

    /** No effects, with room for some. */
    public ChipEffects() {
        this(KEPT);
    }

    /**
     * @param capacity number of effects before the columns grow, 1 or more
     */
    public ChipEffects(int capacity) {
        allocate(capacity);
    }

    private void allocate(int capacity) {
        tick = new long[capacity];
        kind = new byte[capacity];
        address = new int[capacity];
        value = new long[capacity];
    }

    /** Kinds of effects. */
    public enum Kind {
        /** The reset line is asserted: everything of the chip takes its reset value and stays so until released. */
        RESET_ASSERTED,
        /** The reset line is released. */
        RESET_RELEASED,
        /** The chip's counter has, at the tick, the half-tick count {@link ChipEffects#value}. */
        SYNCHRONISED,
        /** A timer reset issues: draws count their time from here. */
        TIMER_RESET,
        /**
         * The ordinal of the next program is known ({@link ChipEffects#value}, -1 for set-up programs): comes in the
         * tick after the halt of the program before (first program: tick 0), because the gap belongs to the program
         * that follows it (analog.md 13 item 2).
         */
        ORDINAL_TAKEN,
        /** A program's first instruction issues: arbitration starts anew, counting starts. */
        PROGRAM_STARTED,
        /** The halt of a program issues: draws before the next program's first timer reset count their time from here. */
        PROGRAM_HALTED,
        /** A register write takes effect. */
        WRITE,
        /** A register is sampled; its value goes to {@link FabricSink#value}. */
        READ,
        /** A spike pack is due at the channel queues; the UT word is {@link ChipEffects#value}. */
        SPIKES
    }

    /** Number of effects. */
    public int size() {
        return size;
    }

    /** Removes all effects. */
    public void clear() {
        most = Math.max(most, size);
        size = 0;
    }

    /** A program is over: removes all effects and gives back room that it did not need, or that is more than is kept. */
    public void trim() {
        clear();
        int capacity = Math.max(KEPT, Math.min(Math.max(most, mostBefore), MOST_KEPT));
        if (tick.length > 2 * capacity) {
            allocate(capacity);
        }
        mostBefore = most;
        most = 0;
    }

    /**
     * @param i index
     * @return when it happens, ticks since power-on
     */
    public long tick(int i) {
        return tick[i];
    }

    /**
     * @param i index
     * @return what happens
     */
    public Kind kind(int i) {
        return KINDS[kind[i]];
    }

    /**
     * @param i index of a WRITE or READ
     * @return 32-bit Omnibus address, bit 31 clear
     */
    public int address(int i) {
        return address[i];
    }

    /**
     * @param i index of a WRITE
     * @return the 32-bit word
     */
    public int word(int i) {
        return (int) value[i];
    }

    /**
     * @param i index of a WRITE
     * @return bit k enables byte k
     */
    public int byteEnables(int i) {
        return (int) (value[i] >>> 32);
    }

    /**
     * @param i index
     * @return pack word, count or ordinal, by kind
     */
    public long value(int i) {
        return value[i];
    }

    /**
     * Adds a register write.
     *
     * @param atTick when it takes effect
     * @param toAddress 32-bit Omnibus address
     * @param word 32 bit
     * @param byteEnables bit k enables byte k, 0 to 15
     */
    public void write(long atTick, int toAddress, int word, int byteEnables) {
        add(atTick, Kind.WRITE, toAddress, (long) byteEnables << 32 | word & 0xffff_ffffL);
    }

    /**
     * Adds a register read.
     *
     * @param atTick when the register is sampled
     * @param fromAddress 32-bit Omnibus address
     */
    public void read(long atTick, int fromAddress) {
        add(atTick, Kind.READ, fromAddress, 0);
    }

    /**
     * Adds any other effect.
     *
     * @param atTick when it happens
     * @param what neither WRITE nor READ
     * @param withValue pack word, count or ordinal, by kind
     */
    public void add(long atTick, Kind what, long withValue) {
        add(atTick, what, 0, withValue);
    }

    /**
     * Adds an effect in its columns.
     *
     * @param atTick when it happens, not before the last one added
     * @param what kind
     * @param atAddress of a WRITE or READ
     * @param withValue by kind
     */
    void add(long atTick, Kind what, int atAddress, long withValue) {
        if (size == tick.length) {
            int capacity = 2 * size;
            tick = Arrays.copyOf(tick, capacity);
            kind = Arrays.copyOf(kind, capacity);
            address = Arrays.copyOf(address, capacity);
            value = Arrays.copyOf(value, capacity);
        }
        tick[size] = atTick;
        kind[size] = (byte) what.ordinal();
        address[size] = atAddress;
        value[size++] = withValue;
    }
}
