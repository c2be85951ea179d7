package firstspike.driver.playback;

import firstspike.driver.link.MalformedRequestException;
import firstspike.driver.link.MissingBarrierException;
import firstspike.driver.link.NotWriteOnlyException;
import firstspike.driver.link.Note;
import firstspike.driver.link.ProgramTooLargeException;
import firstspike.driver.link.TimeOutOfRangeException;
import firstspike.driver.message.ToFpga;
import firstspike.driver.message.WireException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Builds a program instruction by instruction (playback.md 13.2). Words are written at once. After {@link #done()} the
 * builder is empty and may be used again. One owner thread.
 */
public final class PlaybackProgramBuilder {

    private static final int JTAG_IDCODE = 1;
    private static final int JTAG_PLL_TARGET = 3;
    private static final int JTAG_SHIFT_PLL = 4;
    private static final int JTAG_OMNIBUS_ADDRESS = 5;
    private static final int JTAG_OMNIBUS_DATA = 6;
    private static final int JTAG_OMNIBUS_REQUEST = 7;
    private static final int JTAG_PHY = 64;
    private static final int POLL_ADDRESS = 0x8800_0006;
    private static final int POLL_TARGET = 0x8800_0007;
    private static final int POLL_MASK = 0x8800_0008;

    private ProgramBuffer buffer = new ProgramBuffer();
    private CadcGuard cadc = new CadcGuard();
    private boolean timerReset;
    private boolean strict;

    PlaybackProgramBuilder() {}

    /**
     * Refuses missing barriers at {@link #done()} instead of adding them.
     *
     * @return this
     */
    public PlaybackProgramBuilder strict() {
        strict = true;
        return this;
    }

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
        return this;
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
        return this;
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
        return this;
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
        return this;
    }

    /**
     * Reads one Omnibus word.
     *
     * @param address 32 bit, bit 31 set for FPGA registers
     * @return ticket of the word
     */
    public Ticket<Integer> read(int address) {
        return read(new int[] {address}, words -> words[0]);
    }

    /**
     * Reads Omnibus words.
     *
     * @param <T> what they mean
     * @param addresses in order
     * @param decoder of the words in the same order
     * @return ticket of the meaning
     */
    public <T> Ticket<T> read(int[] addresses, Function<int[], T> decoder) {
        for (int address : addresses) {
            cadc.read(address);
            add(ToFpga.omnibusRead(address));
        }
        return ticket(ResponseKind.OMNIBUS, addresses.length, values -> decoder.apply(words(values)));
    }

    private static int[] words(long[] values) {
        int[] words = new int[values.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = (int) values[i];
        }
        return words;
    }

    /**
     * Reads the same Omnibus words again and again, the first time at once and then at multiples of a period.
     *
     * @param <T> what all words mean
     * @param addresses of one pass
     * @param period between the starts of two passes in ticks, counted from a timer reset directly before
     * @param passes 1 or more
     * @param decoder of all words, pass after pass
     * @return ticket of the meaning
     * @throws TimeOutOfRangeException when the last pass begins later than the timer can count
     */
    public <T> Ticket<T> readPeriodically(int[] addresses, long period, int passes, Function<int[], T> decoder) {
        for (int pass = 0; pass < passes; pass++) {
            if (pass > 0) {
                waitUntil(pass * period - 1);
            }
            for (int address : addresses) {
                cadc.read(address);
                add(ToFpga.omnibusRead(address));
            }
        }
        return ticket(ResponseKind.OMNIBUS, passes * addresses.length, values -> decoder.apply(words(values)));
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
     * @throws TimeOutOfRangeException for other times
     */
    public PlaybackProgramBuilder waitUntil(long ticks) {
        if (ticks < 0 || ticks > ToFpga.MAX_WAIT) {
            throw new TimeOutOfRangeException(
                    "wait in ticks", ticks, "0 to " + ToFpga.MAX_WAIT, "reset the timer in between");
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
        return ticks == 0 ? this : timerReset().waitUntil(ticks - 1);
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
            return this;
        } catch (WireException e) {
            throw new MalformedRequestException(e.detail(), e);
        }
    }

    /** Marks an instant: the ticket's FPGA time is that of the instruction. */
    public Ticket<Marker> marker() {
        add(ToFpga.tick());
        return ticket(ResponseKind.LOOPBACK, 1, values -> Marker.INSTANCE);
    }

    /** What a {@link #marker()} answers: nothing but its time. */
    public enum Marker {
        /** The only value. */
        INSTANCE
    }

    /**
     * Shifts bits through a JTAG register and keeps what comes out.
     *
     * @param instruction JTAG instruction code, 0 to 127
     * @param numBits 3 to 33
     * @param payload bits to shift in
     * @return ticket of the bits that come out
     */
    public Ticket<Long> jtagRead(int instruction, int numBits, long payload) {
        add(checked(() -> ToFpga.jtagIns(instruction)));
        add(checked(() -> ToFpga.jtagData(true, numBits, payload)));
        return ticket(ResponseKind.JTAG, 1, values -> values[0]);
    }

    /** Asks for the chip's JTAG identification: two instructions. */
    public Ticket<Long> readJtagIdCode() {
        return jtagRead(JTAG_IDCODE, 32, 0);
    }

    /**
     * Reads a chip word over JTAG: six instructions.
     *
     * @param address of the chip, bit 31 clear
     * @return ticket of the word
     */
    public Ticket<Integer> readOverJtag(int address) {
        add(ToFpga.jtagIns(JTAG_OMNIBUS_ADDRESS));
        add(ToFpga.jtagData(false, 33, 1L << 32 | Integer.toUnsignedLong(address)));
        add(ToFpga.jtagIns(JTAG_OMNIBUS_REQUEST));
        add(ToFpga.jtagData(false, 3, 0));
        add(ToFpga.jtagIns(JTAG_OMNIBUS_DATA));
        add(ToFpga.jtagData(true, 32, 0));
        return ticket(ResponseKind.JTAG, 1, values -> (int) values[0]);
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

    /**
     * Moves all instructions of another builder to the end; its tickets stay valid, it becomes empty.
     *
     * @param other another builder
     * @return this
     */
    public PlaybackProgramBuilder append(PlaybackProgramBuilder other) {
        notSelf(other);
        buffer.take(other.buffer);
        timerReset |= other.timerReset;
        cadc.append(other.cadc);
        other.clear();
        return this;
    }

    /**
     * Moves all instructions of another builder to the front; all tickets stay valid, the other becomes empty.
     *
     * @param other another builder
     * @return this
     */
    public PlaybackProgramBuilder prepend(PlaybackProgramBuilder other) {
        notSelf(other);
        ProgramBuffer joined = new ProgramBuffer();
        joined.take(other.buffer);
        joined.take(buffer);
        buffer = joined;
        timerReset |= other.timerReset;
        cadc.prepend(other.cadc);
        other.clear();
        return this;
    }

    /**
     * Copies all instructions of another builder to the end.
     *
     * @param other write-only builder; unchanged
     * @return this
     * @throws NotWriteOnlyException when it contains reads
     */
    public PlaybackProgramBuilder appendCopy(PlaybackProgramBuilder other) {
        if (!other.isWriteOnly()) {
            throw new NotWriteOnlyException(
                    "builder to copy", other.buffer.responses() + " reads", "0", "use append, which moves it");
        }
        notSelf(other);
        buffer.copy(other.buffer);
        timerReset |= other.timerReset;
        cadc.append(other.cadc);
        return this;
    }

    /**
     * Calls a body several times on this builder: the hardware has no loop.
     *
     * @param times 0 or more
     * @param body adds the instructions of one pass
     * @return this
     */
    public PlaybackProgramBuilder repeat(int times, Consumer<PlaybackProgramBuilder> body) {
        if (times < 0) {
            throw new IllegalArgumentException("repeat: " + times + " (limit: 0 or more); choose a count");
        }
        for (int i = 0; i < times; i++) {
            body.accept(this);
        }
        return this;
    }

    /** True when nothing was added. */
    public boolean isEmpty() {
        return buffer.size() == 0;
    }

    /** Number of instructions so far. */
    public int instructionCount() {
        return buffer.size();
    }

    /**
     * @param kind of response
     * @return number of responses expected so far
     */
    public int expectedResponses(ResponseKind kind) {
        return buffer.responses(kind);
    }

    /** True when no response is expected. */
    public boolean isWriteOnly() {
        return buffer.responses() == 0;
    }

    /**
     * Closes the program: adds the barriers that its reads lack, checks its size, empties the builder.
     *
     * @return the program
     * @throws MissingBarrierException in a strict builder
     * @throws ProgramTooLargeException above the playback memory
     */
    public PlaybackProgram done() {
        addMissingBarriers();
        if (buffer.size() > PlaybackProgram.MAX_INSTRUCTIONS) {
            throw new ProgramTooLargeException(
                    "program in instructions",
                    buffer.size(),
                    PlaybackProgram.MAX_INSTRUCTIONS,
                    "split it, or stream it");
        }
        PlaybackProgram program = buffer.toProgram();
        clear();
        return program;
    }

    private void addMissingBarriers() {
        boolean omnibus = buffer.lacksBarrier(ResponseKind.OMNIBUS, Barrier.OMNIBUS);
        boolean jtag = buffer.lacksBarrier(ResponseKind.JTAG, Barrier.JTAG);
        if (omnibus) {
            close(Barrier.OMNIBUS);
        }
        if (jtag) {
            close(Barrier.JTAG);
        }
    }

    private void close(Barrier channel) {
        if (strict) {
            throw new MissingBarrierException(
                    "last " + channel + " read", "no barrier after it", "one barrier", "add barrier(" + channel + ")");
        }
        barrier(channel);
        note(Note.of("added-barrier", "added-barrier " + channel));
    }

    void note(Note note) {
        buffer.note(note);
    }

    /** Whether an instruction in here ends the static prediction of issue times. */
    boolean blocksWithoutBound() {
        return buffer.blocksWithoutBound();
    }

    private <T> Ticket<T> ticket(ResponseKind kind, int count, Function<long[], T> decoder) {
        return buffer.ticket(kind, count, decoder);
    }

    PlaybackProgramBuilder add(long word) {
        buffer.add(word);
        return this;
    }

    /** Adds words that expect no response; waits among them were remarked by {@link #noteWait()}. */
    void add(long[] words, int count) {
        buffer.add(words, count);
    }

    private void clear() {
        buffer = new ProgramBuffer();
        cadc = new CadcGuard();
        timerReset = false;
        strict = false;
    }

    private void notSelf(PlaybackProgramBuilder other) {
        if (other == this) {
            throw new IllegalArgumentException("builder to join: this builder itself (limit: another one); use repeat");
        }
    }

    private static long checked(LongSupplier word) {
        try {
            return word.getAsLong();
        } catch (WireException e) {
            throw new MalformedRequestException(e.detail(), e);
        }
    }

    private static void sameLength(int one, int other) {
        if (one != other) {
            throw new IllegalArgumentException("lists of addresses and words: " + one + " and " + other
                    + " (limit: equal lengths); give a word for each");
        }
    }
}
