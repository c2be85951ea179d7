package firstspike.driver.fpga;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.link.ResultAssembler;
import firstspike.driver.message.TraceMessages;
import firstspike.driver.message.WireException;
import firstspike.driver.playback.ResponseKind;

/**
 * The answers of one program: keeps those to the health reads in front of it and behind it to itself and passes the rest to
 * the assembler of the result, so that the user sees what a run without health reads would have given.
 *
 * <pre>
 * BEFORE                      PROGRAM                     AFTER
 * health words, marker        what the user asked for     late answers, health words, halt
 * </pre>
 *
 * Events in front of the first marker and behind the second one are outside the program and dropped (playback.md 4.10).
 * Mutable; the network thread owns it until the run has ended.
 */
final class Reception implements TraceMessages {

    /** Answers more than asked for that are still collected, to say how many there were. */
    private static final int MOST_SURPLUS = 1024;

    private static final long TIME_MASK = (1L << 43) - 1;

    private final ProgramSurvey survey;
    private final HealthReads reads;
    private final ResultAssembler assembler;
    private final int[] before;
    private final int[] after;
    private Phase phase;
    private int beforeCount;
    private int afterCount;
    private long markers;
    private long now;
    private boolean timed;
    private long messages;
    private boolean timedFromStart;
    private long eventsAfterEnd;
    private int linksCameUp;
    private int linksWentDown;
    private final long[] linkErrors = new long[8];
    private final int[] linkErrorBits = new int[8];
    private long timeouts;
    private boolean halted;

    private enum Phase {
        BEFORE,
        PROGRAM,
        AFTER
    }

    /**
     * @param survey of the program
     * @param reads that are sent around it
     * @param assembler of its result
     */
    Reception(ProgramSurvey survey, HealthReads reads, ResultAssembler assembler) {
        this.survey = survey;
        this.reads = reads;
        this.assembler = assembler;
        before = new int[reads.count()];
        after = new int[reads.count()];
        phase = reads.any() ? Phase.BEFORE : Phase.PROGRAM;
    }

    @Override
    public void systime(long ticks) {
        timedFromStart |= messages == 0;
        messages++;
        now = ticks;
        timed = true;
        if (phase != Phase.BEFORE) {
            assembler.systime(ticks);
        }
    }

    @Override
    public void sysdelta(int ticks) {
        advance(1L + ticks);
        if (phase != Phase.BEFORE) {
            assembler.sysdelta(ticks);
        }
    }

    @Override
    public void jtag(long value) {
        advance(1);
        if (phase != Phase.BEFORE) {
            surplus(ResponseKind.JTAG);
            assembler.jtag(value);
        }
    }

    @Override
    public void omnibus(int value) {
        advance(1);
        if (phase == Phase.BEFORE) {
            if (beforeCount < before.length) {
                before[beforeCount] = value;
            }
            beforeCount++;
        } else if (phase == Phase.AFTER && usersReadsAnswered() && afterCount < after.length) {
            after[afterCount++] = value;
            skipInAssembler();
        } else {
            surplus(ResponseKind.OMNIBUS);
            assembler.omnibus(value);
        }
    }

    private boolean usersReadsAnswered() {
        return assembler.responses(ResponseKind.OMNIBUS) >= survey.expected(ResponseKind.OMNIBUS);
    }

    @Override
    public void loopback(boolean halt) {
        advance(1);
        if (halt) {
            halted = true;
            assembler.loopback(true);
            return;
        }
        switch (phase) {
            case BEFORE -> begin();
            case PROGRAM -> {
                if (reads.any() && markers == survey.expected(ResponseKind.LOOPBACK)) {
                    phase = Phase.AFTER;
                    skipInAssembler();
                } else {
                    marker();
                }
            }
            case AFTER -> marker();
        }
    }

    private void marker() {
        surplus(ResponseKind.LOOPBACK);
        markers++;
        assembler.loopback(false);
    }

    /** The program begins: without synchronised times its answers are numbered from here. */
    private void begin() {
        phase = Phase.PROGRAM;
        if (timed) {
            assembler.systime(now);
        }
    }

    /** What is not the user's still moves the clock by one. */
    private void skipInAssembler() {
        if (timed) {
            assembler.systime(now);
        } else {
            assembler.sysdelta(0);
        }
    }

    @Override
    public void linkNotification(int bits) {
        advance(1);
        int link = 1 << (bits >> 5 & 7);
        if (FpgaHealth.isError(bits)) {
            linkErrors[bits >> 5 & 7]++;
            linkErrorBits[bits >> 5 & 7] |= bits & 0x1f;
        }
        if ((bits & 0x10) != 0) {
            linksCameUp |= link;
            linksWentDown &= ~link;
        } else {
            linksWentDown |= link;
            linksCameUp &= ~link;
        }
        primeInFront();
        assembler.linkNotification(bits);
    }

    @Override
    public void timeout(long index, int traceStall, int omnibusReads) {
        advance(1);
        timeouts++;
        primeInFront();
        assembler.timeout(index, traceStall, omnibusReads);
    }

    /** Gives what concerns the whole run its time although the program has not begun. */
    private void primeInFront() {
        if (phase == Phase.BEFORE && timed) {
            assembler.systime(now - 1 & TIME_MASK);
        }
    }

    @Override
    public void spikes(int count, int first, int second, int third) {
        advance(1);
        switch (phase) {
            case BEFORE -> {}
            case PROGRAM -> assembler.spikes(count, first, second, third);
            case AFTER -> {
                eventsAfterEnd += count;
                skipInAssembler();
            }
        }
    }

    @Override
    public void samples(int count, int first, int second, int third) {
        advance(1);
        switch (phase) {
            case BEFORE -> {}
            case PROGRAM -> assembler.samples(count, first, second, third);
            case AFTER -> {
                eventsAfterEnd += count;
                skipInAssembler();
            }
        }
    }

    private void advance(long ticks) {
        messages++;
        now = now + ticks & TIME_MASK;
    }

    private void surplus(ResponseKind kind) {
        long received = assembler.responses(kind);
        long expected = survey.expected(kind);
        if (received >= expected + MOST_SURPLUS) {
            throw new WireException(
                    WireException.Code.RESPONSE_COUNT,
                    ErrorDetail.of(
                                    kind + " responses",
                                    "more than " + received,
                                    "exactly " + expected,
                                    "open the session again; the FPGA answers what nobody asked")
                            .with("kind", kind)
                            .with("expected", expected)
                            .with("received", received + 1));
        }
    }

    /** Where the user's part of the result is put together. */
    ResultAssembler assembler() {
        return assembler;
    }

    /** The reads around the program. */
    HealthReads reads() {
        return reads;
    }

    /** Values of the health reads in front; complete when {@link #healthComplete()}. */
    int[] before() {
        return before;
    }

    /** Values of the health reads behind; complete when {@link #healthComplete()}. */
    int[] after() {
        return after;
    }

    /** Whether both blocks of health reads were answered. */
    boolean healthComplete() {
        return reads.any() && beforeCount == before.length && afterCount == after.length;
    }

    /**
     * Answers to the user's own reads. When some are missing, answers to health reads were taken in their place.
     *
     * @param kind of response
     * @return how many arrived, more than expected if there were too many
     */
    long received(ResponseKind kind) {
        long all = assembler.responses(kind);
        if (kind != ResponseKind.OMNIBUS) {
            return all;
        }
        long missing = halted && phase == Phase.AFTER ? after.length - afterCount : 0;
        return all - missing + Math.max(0, beforeCount - before.length);
    }

    /** Whether the halt arrived. */
    boolean halted() {
        return halted;
    }

    /** Number of time-out notifications. */
    long timeouts() {
        return timeouts;
    }

    /** Whether the very first message was an absolute time. */
    boolean timedFromStart() {
        return timedFromStart;
    }

    /** Time of the last message, ticks; a number of messages without synchronisation. */
    long now() {
        return now;
    }

    /** Spikes and samples that came behind the end of the program. */
    long eventsAfterEnd() {
        return eventsAfterEnd;
    }

    /** Notifications with an error a link. */
    long[] linkErrors() {
        return linkErrors.clone();
    }

    /**
     * @param link 0 to 7
     * @return all error bits that its notifications had
     */
    int linkErrorBits(int link) {
        return linkErrorBits[link];
    }

    /** Bit i: link i was last said to have come up. */
    int linksCameUp() {
        return linksCameUp;
    }

    /** Bit i: link i was last said to be down. */
    int linksWentDown() {
        return linksWentDown;
    }
}
