package firstspike.driver.playback;

import static firstspike.driver.error.ProgramRejectedException.Code.MALFORMED_REQUEST;
import static firstspike.driver.error.ProgramRejectedException.Code.TIME_OUT_OF_RANGE;

import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.message.ToFpga;
import firstspike.driver.message.WireException;
import java.util.function.LongSupplier;

/**
 * The instructions of a program that answer nothing: what a builder can write. Apart from the builder's reads, joins and
 * closing. Words are written at once.
 */
abstract sealed class ProgramInstructions permits PlaybackProgramBuilder {

    static final int JTAG_OMNIBUS_ADDRESS = 5;
    static final int JTAG_OMNIBUS_DATA = 6;
    static final int JTAG_OMNIBUS_REQUEST = 7;
    private static final int JTAG_PLL_TARGET = 3;
    private static final int JTAG_SHIFT_PLL = 4;
    private static final int JTAG_PHY = 64;
    private static final int POLL_ADDRESS = 0x8800_0006;
    private static final int POLL_TARGET = 0x8800_0007;
    private static final int POLL_MASK = 0x8800_0008;

    ProgramBuffer buffer = new ProgramBuffer();
    CadcGuard cadc = new CadcGuard();
    boolean timerReset;

    abstract PlaybackProgramBuilder self();

    /**
     * Adds raw instruction words that expect no response.
     *
     * @param more words as {@link ToFpga} makes them
     * @return this
     */
    public PlaybackProgramBuilder instructions(long... more) {
        for (long word : more) {
            add(word);
        }
        return self();
    }

    /**
     * Writes one Omnibus word: two instructions.
     *
     * @param address 32 bit, bit 31 set for FPGA registers
     * @param value the word
     * @return this
     */
    public PlaybackProgramBuilder write(int address, int value) {
        return write(address, value, 15);
    }

    /**
     * Writes some bytes of one Omnibus word: two instructions.
     *
     * @param address 32 bit, bit 31 set for FPGA registers
     * @param value the word
     * @param byteEnables bit k enables byte k
     * @return this
     */
    public PlaybackProgramBuilder write(int address, int value, int byteEnables) {
        add(
                byteEnables == 15
                        ? ToFpga.omnibusWrite(address)
                        : checked(() -> ToFpga.omnibusWrite(address, byteEnables)));
        add(ToFpga.omnibusData(value));
        cadc.written(address, value, byteEnables);
        return self();
    }

    /**
     * Writes words to addresses, in order.
     *
     * @param addresses one a word
     * @param values the words
     * @return this
     */
    public PlaybackProgramBuilder write(int[] addresses, int[] values) {
        sameLength(addresses.length, values.length);
        for (int i = 0; i < addresses.length; i++) {
            write(addresses[i], values[i]);
        }
        return self();
    }

    /**
     * Writes only words that differ.
     *
     * @param addresses one a word
     * @param values the words wanted
     * @param before the words that are there
     * @return this
     */
    public PlaybackProgramBuilder writeDiff(int[] addresses, int[] values, int[] before) {
        sameLength(addresses.length, values.length);
        sameLength(addresses.length, before.length);
        for (int i = 0; i < addresses.length; i++) {
            if (values[i] != before[i]) {
                write(addresses[i], values[i]);
            }
        }
        return self();
    }

    /** Sets the playback timer to 0. */
    public PlaybackProgramBuilder timerReset() {
        timerReset = true;
        return add(ToFpga.timerSetup());
    }

    /**
     * Blocks until the timer has a value; on time, the next instruction issues one tick later.
     *
     * @param ticks 0 to 2^32 - 1
     * @return this
     * @throws ProgramRejectedException for other times
     */
    public PlaybackProgramBuilder waitUntil(long ticks) {
        if (ticks < 0 || ticks > ToFpga.MAX_WAIT) {
            throw new ProgramRejectedException(
                    TIME_OUT_OF_RANGE, "wait in ticks", ticks, "0 to " + ToFpga.MAX_WAIT, "reset the timer in between");
        }
        noteWait();
        return add(ToFpga.waitUntil(ticks));
    }

    /** Remarks a wait that stands before the first timer reset, once. */
    void noteWait() {
        if (!timerReset && !buffer.isNoted("timer-not-reset")) {
            note(Note.of("timer-not-reset", "a wait stands before the first timer reset of the program"));
        }
    }

    /**
     * Blocks until all chosen channels are idle; none is legal and passes at once.
     *
     * @param channels to wait for
     * @return this
     */
    public PlaybackProgramBuilder barrier(Barrier... channels) {
        int mask = 0;
        for (Barrier channel : channels) {
            mask |= channel.bit();
        }
        return add(ToFpga.barrier(mask));
    }

    /**
     * Blocks until a word has a value: eight instructions.
     *
     * @param address to poll
     * @param mask bits that count
     * @param target to compare with
     * @param equal whether the bits shall equal the target or differ
     * @return this
     */
    public PlaybackProgramBuilder pollUntil(int address, int mask, int target, boolean equal) {
        write(POLL_ADDRESS, address);
        write(POLL_TARGET, target);
        write(POLL_MASK, mask);
        barrier(Barrier.OMNIBUS);
        return add(ToFpga.pollingOmnibusBlock(equal));
    }

    /**
     * @param synchronise false: only ask for the FPGA's time
     * @return this
     */
    public PlaybackProgramBuilder systimeSync(boolean synchronise) {
        return add(ToFpga.systimeInit(synchronise));
    }

    /**
     * Resets the timer and waits, so that the next instruction issues at the given tick; nothing for 0.
     *
     * @param ticks 0 to 2^32
     * @return this
     */
    public PlaybackProgramBuilder pause(long ticks) {
        return ticks == 0 ? self() : timerReset().waitUntil(ticks - 1);
    }

    /**
     * Waits for events that are still on their way; 1000 ticks suit every fabric.
     *
     * @param ticks as {@link #pause}
     * @return this
     */
    public PlaybackProgramBuilder settle(long ticks) {
        return pause(ticks);
    }

    /**
     * Sends one spike.
     *
     * @param label 16 bit
     * @return this
     */
    public PlaybackProgramBuilder spike(int label) {
        return add(checked(() -> ToFpga.spike(label)));
    }

    /**
     * Sends spikes in packs of three, three, … rest, one pack a tick.
     *
     * @param labels 16 bit each
     * @return this
     */
    public PlaybackProgramBuilder spikes(int... labels) {
        try {
            int i = 0;
            for (; i + 3 <= labels.length; i += 3) {
                add(ToFpga.spikes(labels[i], labels[i + 1], labels[i + 2]));
            }
            if (labels.length - i == 2) {
                add(ToFpga.spikes(labels[i], labels[i + 1]));
            } else if (labels.length - i == 1) {
                add(ToFpga.spike(labels[i]));
            }
            return self();
        } catch (WireException e) {
            throw new ProgramRejectedException(MALFORMED_REQUEST, e.detail(), e);
        }
    }

    /**
     * Writes a chip word over JTAG: six instructions.
     *
     * @param address of the chip, bit 31 clear
     * @param value the word
     * @return this
     */
    public PlaybackProgramBuilder writeOverJtag(int address, int value) {
        add(ToFpga.jtagIns(JTAG_OMNIBUS_ADDRESS));
        add(ToFpga.jtagData(false, 33, Integer.toUnsignedLong(address)));
        add(ToFpga.jtagIns(JTAG_OMNIBUS_DATA));
        add(ToFpga.jtagData(false, 32, Integer.toUnsignedLong(value)));
        add(ToFpga.jtagIns(JTAG_OMNIBUS_REQUEST));
        return add(ToFpga.jtagData(false, 3, 0));
    }

    /**
     * Writes a register of the PLL block over JTAG: four instructions.
     *
     * @param register 0 to 7
     * @param value 32 bit
     * @return this
     */
    public PlaybackProgramBuilder writePllRegister(int register, int value) {
        add(ToFpga.jtagIns(JTAG_PLL_TARGET));
        add(ToFpga.jtagData(false, 4, register));
        add(ToFpga.jtagIns(JTAG_SHIFT_PLL));
        return add(ToFpga.jtagData(false, 32, Integer.toUnsignedLong(value)));
    }

    /**
     * Writes a register of a chip PHY over JTAG: two instructions.
     *
     * @param register 0 to 7
     * @param value 22 bit
     * @return this
     */
    public PlaybackProgramBuilder writePhyRegister(int register, int value) {
        add(ToFpga.jtagIns(JTAG_PHY | register << 3 | 4));
        return add(ToFpga.jtagData(false, 22, value));
    }

    /**
     * Clock divider of JTAG.
     *
     * @param value 0 to 255; the period is value + 2 ticks
     * @return this
     */
    public PlaybackProgramBuilder jtagScaler(int value) {
        return add(checked(() -> ToFpga.jtagScaler(value)));
    }

    /** Resets the JTAG state machine. */
    public PlaybackProgramBuilder resetJtagTap() {
        return add(ToFpga.jtagInit());
    }

    /**
     * Level of the chip's reset line.
     *
     * @param asserted true holds the chip in reset
     * @return this
     */
    public PlaybackProgramBuilder chipReset(boolean asserted) {
        return add(ToFpga.reset(asserted));
    }

    void note(Note note) {
        buffer.note(note);
    }

    PlaybackProgramBuilder add(long word) {
        buffer.add(word);
        return self();
    }

    /** Adds words that expect no response; waits among them were remarked by {@link #noteWait()}. */
    void add(long[] words, int count) {
        buffer.add(words, count);
    }

    static long checked(LongSupplier word) {
        try {
            return word.getAsLong();
        } catch (WireException e) {
            throw new ProgramRejectedException(MALFORMED_REQUEST, e.detail(), e);
        }
    }

    private static void sameLength(int one, int other) {
        if (one != other) {
            throw new IllegalArgumentException("lists of addresses and words: " + one + " and " + other
                    + " (limit: equal lengths); give a word for each");
        }
    }
}
