package firstspike.driver.link;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.ResultTooLargeException;
import firstspike.driver.message.FromFpga;
import firstspike.driver.message.TraceMessages;
import firstspike.driver.message.WireException;
import firstspike.driver.playback.ResponseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The host's end of the trace: gives messages their time by the rule of wire.md 9, where every message advances the clock
 * by one and time messages set it, and puts them into the columns of a result. Either collects a whole result, or hands
 * pieces of bounded size to a {@link RunListener}. When the clock leaves its 43 bits everything behind is ignored but the
 * halt, and {@link #failure()} says so. Mutable; one owner thread; made anew for each program.
 */
public final class ResultAssembler implements TraceMessages {

    private static final int SUSPECT_TICKS = 120;
    private static final int FIRST_CAPACITY = 256;
    /** Notifications and time-outs that a result may hold; a working FPGA sends a few. */
    private static final int MOST_NOTIFICATIONS = 1 << 16;
    /** A clock from which every advance overflows. */
    private static final long OVERFLOWED = 1L << 62;

    private final RunListener listener;
    private final int piece;
    private final long largestResult;
    private final ResponseLog[] responses = new ResponseLog[ResponseKind.values().length];
    private final EventLog spikes;
    private final EventLog samples;
    private final List<Notification> notifications = new ArrayList<>();
    private final List<StuckInstruction> timeouts = new ArrayList<>();
    private long bytes;
    private long now;
    private boolean timed;
    private boolean recordedUntimed;
    private long suspectTimes;
    private long unexpectedNotifications;
    private boolean halted;

    /** Collects a whole result of any size. */
    public ResultAssembler() {
        this(Long.MAX_VALUE);
    }

    /**
     * Collects a whole result.
     *
     * @param largestResult bytes that its columns may take; a message beyond them is refused with
     *     {@link ResultTooLargeException}
     */
    public ResultAssembler(long largestResult) {
        this(null, Integer.MAX_VALUE, largestResult);
    }

    /**
     * Hands columns on while they arrive: each kind when a piece of it is full, and everything at {@link #deliver()}.
     *
     * @param listener gets the pieces on the thread that calls this assembler
     * @param piece most spikes, samples or answers in one call, 1 or more
     */
    public ResultAssembler(RunListener listener, int piece) {
        this(listener, piece, Long.MAX_VALUE);
    }

    private ResultAssembler(RunListener listener, int piece, long largestResult) {
        this.listener = listener;
        this.piece = piece;
        this.largestResult = largestResult;
        // most runs answer little: whole pieces made for each would cost more than the run
        int capacity = Math.min(piece, FIRST_CAPACITY);
        for (int i = 0; i < responses.length; i++) {
            responses[i] = new ResponseLog(capacity);
        }
        spikes = new EventLog(capacity);
        samples = new EventLog(capacity);
    }

    @Override
    public void systime(long ticks) {
        if (advance(1)) {
            now = ticks;
            timed = true;
        }
    }

    @Override
    public void sysdelta(int ticks) {
        advance(1L + ticks);
    }

    @Override
    public void jtag(long value) {
        record(ResponseKind.JTAG, value);
    }

    @Override
    public void omnibus(int value) {
        record(ResponseKind.OMNIBUS, value & 0xffff_ffffL);
    }

    @Override
    public void loopback(boolean halt) {
        if (halt) {
            advance(1);
            halted = true;
        } else {
            record(ResponseKind.LOOPBACK, 1);
        }
    }

    @Override
    public void linkNotification(int bits) {
        if (!advance(1)) {
            return;
        }
        Notification notification = new Notification(now, bits);
        if (!notification.linkUp()) {
            unexpectedNotifications++;
        }
        if (listener != null) {
            listener.notification(notification);
        } else {
            limitNotifications(notifications.size());
            notifications.add(notification);
        }
    }

    @Override
    public void timeout(long index, int traceStall, int omnibusReads) {
        if (advance(1)) {
            limitNotifications(timeouts.size());
            timeouts.add(new StuckInstruction(index, traceStall, omnibusReads, now));
        }
    }

    @Override
    public void spikes(int count, int first, int second, int third) {
        if (advance(1)) {
            recordedUntimed |= !timed;
            spikes.pack(count);
            spike(first);
            if (count > 1) {
                spike(second);
            }
            if (count > 2) {
                spike(third);
            }
        }
    }

    @Override
    public void samples(int count, int first, int second, int third) {
        if (advance(1)) {
            recordedUntimed |= !timed;
            samples.pack(count);
            sample(first);
            if (count > 1) {
                sample(second);
            }
            if (count > 2) {
                sample(third);
            }
        }
    }

    private void spike(int event) {
        if (spikes.isFull()) {
            makeRoom(spikes);
        }
        spikes.add(event, now);
        if (timed && EventLog.age(event, now) > SUSPECT_TICKS) {
            suspectTimes++;
        }
    }

    private void sample(int event) {
        if (samples.isFull()) {
            makeRoom(samples);
        }
        samples.add(event, now);
    }

    private void record(ResponseKind kind, long value) {
        if (advance(1)) {
            recordedUntimed |= !timed;
            ResponseLog log = responses[kind.ordinal()];
            if (log.isFull()) {
                makeRoom(kind, log);
            }
            log.add(value, now);
        }
    }

    /** Moves the clock, unless it would leave its 43 bits or has done so before. */
    private boolean advance(long ticks) {
        long next = now + ticks;
        if (next > FromFpga.MAX_TIME) {
            now = OVERFLOWED;
            return false;
        }
        now = next;
        return true;
    }

    private void makeRoom(EventLog log) {
        if (listener == null) {
            claim((long) log.size() * EventLog.EVENT_BYTES);
            log.grow();
        } else if (log.growsWithin(piece)) {
            log.grow();
        } else if (log == spikes) {
            deliverSpikes();
        } else {
            deliverSamples();
        }
    }

    private void makeRoom(ResponseKind kind, ResponseLog log) {
        if (listener == null) {
            claim((long) log.size() * ResponseLog.RESPONSE_BYTES);
            log.grow();
        } else if (2L * log.size() <= piece) {
            log.grow();
        } else {
            deliver(kind);
        }
    }

    private void claim(long more) {
        bytes += more;
        if (bytes > largestResult) {
            throw tooLarge(
                    "bytes of the result",
                    bytes,
                    largestResult,
                    "record less, split the program, or stream the result to a listener");
        }
    }

    private static void limitNotifications(int size) {
        if (size == MOST_NOTIFICATIONS) {
            throw tooLarge(
                    "notifications of the run",
                    "more",
                    MOST_NOTIFICATIONS,
                    "check the high-speed links, then initialise the chip");
        }
    }

    /** The link that catches it adds what it knows of the chip's state. */
    private static ResultTooLargeException tooLarge(String thing, Object value, long limit, String remedy) {
        return new ResultTooLargeException(ErrorDetail.of(thing, value, limit, remedy), null, null, false);
    }

    /** Hands everything that waits to the listener; does nothing without one. */
    public void deliver() {
        if (listener != null) {
            deliverSpikes();
            deliverSamples();
            for (ResponseKind kind : ResponseKind.values()) {
                deliver(kind);
            }
        }
    }

    private void deliverSpikes() {
        if (spikes.size() > 0) {
            listener.spikes(spikes.takeSpikes());
        }
    }

    private void deliverSamples() {
        if (samples.size() > 0) {
            listener.samples(samples.takeSamples());
        }
    }

    private void deliver(ResponseKind kind) {
        ResponseLog log = responses[kind.ordinal()];
        if (log.size() > 0) {
            listener.responses(kind, log.firstPosition(), log.values(), log.times());
            log.clear();
        }
    }

    /** Number of spikes so far. */
    public long spikeCount() {
        return spikes.total();
    }

    /** Number of samples so far. */
    public long sampleCount() {
        return samples.total();
    }

    /** Number of responses of a kind so far. */
    public long responses(ResponseKind kind) {
        return responses[kind.ordinal()].total();
    }

    /**
     * @param spikesInPack 1, 2 or 3
     * @return trace messages with that many spikes
     */
    public long packs(int spikesInPack) {
        return spikes.packs(spikesInPack);
    }

    /**
     * @param samplesInPack 1, 2 or 3
     * @return trace messages with that many samples
     */
    public long samplePacks(int samplesInPack) {
        return samples.packs(samplesInPack);
    }

    /** Spikes whose chip time may be aliased (playback.md 2.4). */
    public long suspectTimes() {
        return suspectTimes;
    }

    /** Notifications that do not say that a link came up. */
    public long unexpectedNotifications() {
        return unexpectedNotifications;
    }

    /** Instructions that did not finish in time, in order; a run ends with the first. */
    public List<StuckInstruction> timeouts() {
        return List.copyOf(timeouts);
    }

    /** Whether the halt arrived. */
    public boolean halted() {
        return halted;
    }

    /** TIME_OVERFLOW when the clock left its 43 bits; what was recorded before stays available (wire.md 9). */
    public Optional<WireException> failure() {
        if (now != OVERFLOWED) {
            return Optional.empty();
        }
        return Optional.of(new WireException(
                WireException.Code.TIME_OVERFLOW,
                ErrorDetail.of(
                        "system time of a trace message",
                        "beyond " + FromFpga.MAX_TIME,
                        FromFpga.MAX_TIME + " ticks",
                        "synchronise the system time again")));
    }

    /**
     * What the times mean, as far as the trace tells (playback.md 2.3).
     *
     * @param syncedBefore whether chip and FPGA counted together when the program started
     * @param syncedAfter whether they did when it ended
     * @return RELATIVE when an answer of a synchronised program came before any absolute time
     */
    public TimeBase timeBase(boolean syncedBefore, boolean syncedAfter) {
        if (recordedUntimed) {
            return syncedBefore ? TimeBase.RELATIVE : TimeBase.UNSYNCED;
        }
        return syncedAfter ? TimeBase.SYNCED : TimeBase.UNSYNCED;
    }

    /**
     * Fills a result with everything that was collected, with a listener only what was not delivered yet. Spikes and
     * samples leave: this is the last call.
     *
     * @param result gets responses, spikes, samples and notifications
     */
    public void fill(RunResult.Builder result) {
        for (ResponseKind kind : ResponseKind.values()) {
            ResponseLog log = responses[kind.ordinal()];
            result.responses(kind, log.values(), log.times());
        }
        result.spikes(spikes.takeSpikes()).samples(samples.takeSamples()).notifications(notifications);
    }
}
