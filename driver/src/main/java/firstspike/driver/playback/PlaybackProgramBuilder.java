package firstspike.driver.playback;

import static firstspike.driver.error.ProgramRejectedException.Code.MISSING_BARRIER;
import static firstspike.driver.error.ProgramRejectedException.Code.NOT_WRITE_ONLY;
import static firstspike.driver.error.ProgramRejectedException.Code.PROGRAM_TOO_LARGE;

import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.message.ToFpga;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Builds a program instruction by instruction (playback.md 13.2). Words are written at once. After {@link #done()} the
 * builder is empty and may be used again. One owner thread.
 */
public final class PlaybackProgramBuilder extends ProgramInstructions {

    private static final int JTAG_IDCODE = 1;

    private boolean strict;

    PlaybackProgramBuilder() {}

    @Override
    PlaybackProgramBuilder self() {
        return this;
    }

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
     * @throws ProgramRejectedException when the last pass begins later than the timer can count
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
     * @throws ProgramRejectedException when it contains reads
     */
    public PlaybackProgramBuilder appendCopy(PlaybackProgramBuilder other) {
        if (!other.isWriteOnly()) {
            throw new ProgramRejectedException(
                    NOT_WRITE_ONLY,
                    "builder to copy",
                    other.buffer.responses() + " reads",
                    "0",
                    "use append, which moves it");
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
     * @throws ProgramRejectedException in a strict builder
     * @throws ProgramRejectedException above the playback memory
     */
    public PlaybackProgram done() {
        addMissingBarriers();
        if (buffer.size() > PlaybackProgram.MAX_INSTRUCTIONS) {
            throw new ProgramRejectedException(
                    PROGRAM_TOO_LARGE,
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
            throw new ProgramRejectedException(
                    MISSING_BARRIER,
                    "last " + channel + " read",
                    "no barrier after it",
                    "one barrier",
                    "add barrier(" + channel + ")");
        }
        barrier(channel);
        note(Note.of("added-barrier", "added-barrier " + channel));
    }

    /** Whether an instruction in here ends the static prediction of issue times. */
    boolean blocksWithoutBound() {
        return buffer.blocksWithoutBound();
    }

    private <T> Ticket<T> ticket(ResponseKind kind, int count, Function<long[], T> decoder) {
        return buffer.ticket(kind, count, decoder);
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
}
