package firstspike.emulator.fpga;

import firstspike.driver.message.TraceMessages;
import firstspike.emulator.digital.ChipTiming;
import firstspike.emulator.digital.FabricSink;

/**
 * The trace of the FPGA: answers and events queue for it, one message enters it each tick, answers first (playback.md 6.2).
 * Ticks count from power-on; what the messages carry is system time. Mutable; one owner thread.
 */
final class Trace {

    private static final long SYSTIME_MASK = (1L << 43) - 1;
    private static final int OLDEST_EVENT = 127;

    private static final int SYNCHRONISED = 0;
    private static final int UNSYNCHRONISED = 1;
    private static final int TIMER_RESET = 2;

    private final ChipTiming timing;
    private final EventLoss loss;
    private final Responses responses = new Responses();
    private final TimeAnnotation annotation = new TimeAnnotation();
    private final TimedQueue arrivals = new TimedQueue();
    private final TimedQueue waiting = new TimedQueue();
    private final TimedQueue sampleArrivals = new TimedQueue();
    private final TimedQueue samplesWaiting = new TimedQueue();
    private final TimedQueue recordingChanges = new TimedQueue();
    private final TimedQueue timeChanges = new TimedQueue();

    private TraceMessages sink;
    private long at;
    private long startTick;
    /** On at power-on (playback.md 6.2). */
    private boolean recording = true;
    private boolean synced;
    private long systimeOffset;
    private boolean recordedUnsynced;
    private long notRecorded;
    private long samplesRecorded;
    private long queueDrops;
    private long lost;

    Trace(ChipTiming timing, EventLoss loss) {
        this.timing = timing;
        this.loss = loss;
    }

    /** The state between programs: recording switch and system time, nothing queued but what is still to come. */
    Trace copy() {
        Trace copy = new Trace(timing, loss.copy());
        copy.at = at;
        copy.recording = recording;
        copy.synced = synced;
        copy.systimeOffset = systimeOffset;
        for (TimedQueue changes = recordingChanges.copy(); !changes.isEmpty(); changes.removeHead()) {
            copy.recordingChanges.add(changes.headTick(), changes.headTag(), changes.headValue());
        }
        for (TimedQueue changes = timeChanges.copy(); !changes.isEmpty(); changes.removeHead()) {
            copy.timeChanges.add(changes.headTick(), changes.headTag(), changes.headValue());
        }
        return copy;
    }

    /** Gives back the room that a large program took. */
    void trim() {
        responses.trim();
        arrivals.trim();
        waiting.trim();
        sampleArrivals.trim();
        samplesWaiting.trim();
        recordingChanges.trim();
        timeChanges.trim();
    }

    Responses responses() {
        return responses;
    }

    /** A program starts; what the chip emitted before is not recorded. */
    void programStarted(long tick, long ordinal, long haltTick, TraceMessages messages) {
        applyTimeChanges(tick);
        applyRecordingChanges(tick);
        loss.programStarted(ordinal, haltTick);
        annotation.programStarted();
        clearQueues();
        sink = messages;
        at = tick;
        startTick = tick;
        recordedUnsynced = false;
        notRecorded = 0;
        samplesRecorded = 0;
        queueDrops = 0;
        lost = 0;
    }

    /** Event recording is switched at a tick. */
    void recording(long tick, boolean on) {
        recordingChanges.add(tick, on ? 1 : 0, 0);
    }

    /** Both counters get a value at a tick. */
    void synchronised(long tick, long systime) {
        timeChanges.add(tick, SYNCHRONISED, systime);
    }

    /** The chip's counter restarts at a tick: the synchronisation is lost. */
    void unsynchronised(long tick) {
        timeChanges.add(tick, UNSYNCHRONISED, 0);
    }

    /** A timer reset issues at a tick: draws count their time from here. */
    void timerReset(long tick) {
        timeChanges.add(tick, TIMER_RESET, 0);
    }

    /** An event left the chip; see {@link FabricSink#event}. */
    void event(long tick, int label, int stamp) {
        if (tick >= startTick) {
            arrivals.add(tick + timing.up(), stamp << 16 | label, tick);
        }
    }

    /** The MADC finished a sample; see {@link FabricSink#sample}. */
    void sample(long tick, int raw, int stamp) {
        if (tick >= startTick) {
            sampleArrivals.add(tick + timing.up(), stamp << 16 | raw, tick);
        }
    }

    private boolean anyWaiting() {
        return !waiting.isEmpty() || !samplesWaiting.isEmpty();
    }

    /** Performs all ticks before the given one. */
    void advance(long untilTick) {
        while (true) {
            long due = responses.nextDue();
            long arrival = Math.min(arrivals.headTick(), sampleArrivals.headTick());
            long tick = anyWaiting() ? at : Math.max(at, Math.min(due, arrival));
            if (tick >= untilTick) {
                break;
            }
            perform(tick, due);
            at = tick + 1;
        }
        at = Math.max(at, untilTick);
        applyTimeChanges(at - 1);
        applyRecordingChanges(at - 1);
    }

    private void perform(long tick, long due) {
        applyTimeChanges(tick);
        dropOld(waiting, tick);
        dropOld(samplesWaiting, tick);
        while (arrivals.headTick() <= tick) {
            applyRecordingChanges(tick);
            enter(tick);
            arrivals.removeHead();
        }
        while (sampleArrivals.headTick() <= tick) {
            applyRecordingChanges(tick);
            enterSample(tick);
            sampleArrivals.removeHead();
        }
        if (due <= tick) {
            respond(tick);
        } else if (!waiting.isEmpty()) {
            pack(tick, waiting);
        } else if (!samplesWaiting.isEmpty()) {
            pack(tick, samplesWaiting);
        }
    }

    private void dropOld(TimedQueue queue, long tick) {
        while (!queue.isEmpty() && tick - queue.headValue() > OLDEST_EVENT) {
            queue.removeHead();
            queueDrops++;
        }
    }

    private void enterSample(long tick) {
        if (!recording) {
            notRecorded++;
        } else if (samplesWaiting.size() >= timing.traceQueue()) {
            queueDrops++;
        } else {
            samplesRecorded++;
            samplesWaiting.add(tick, sampleArrivals.headTag(), sampleArrivals.headValue());
        }
    }

    private void enter(long tick) {
        if (!recording) {
            notRecorded++;
        } else if (loss.loses(tick, arrivals.headTag())) {
            lost++;
        } else if (waiting.size() >= timing.traceQueue()) {
            queueDrops++;
        } else {
            waiting.add(tick, arrivals.headTag(), arrivals.headValue());
        }
    }

    private void respond(long tick) {
        Responses.Kind kind = responses.first();
        TimedQueue queue = responses.of(kind);
        long time = systime(tick);
        if (kind == Responses.Kind.SYSTIME || kind == Responses.Kind.SYSTIME_OF_SYNC) {
            annotation.answer(time, sink);
        } else {
            recordedUnsynced |= !synced && kind != Responses.Kind.LINK_NOTIFICATION && kind != Responses.Kind.TIMEOUT;
            annotation.before(time, synced, sink);
            send(kind, queue.headValue(), queue.headTag());
        }
        queue.removeHead();
    }

    private void send(Responses.Kind kind, long value, int tag) {
        switch (kind) {
            case JTAG -> sink.jtag(value);
            case OMNIBUS -> sink.omnibus((int) value);
            case LOOPBACK -> sink.loopback(false);
            case LINK_NOTIFICATION -> sink.linkNotification((int) value);
            case TIMEOUT -> sink.timeout(value, 0, tag);
            case SYSTIME, SYSTIME_OF_SYNC -> throw new IllegalStateException("time answers carry no value");
        }
    }

    private void pack(long tick, TimedQueue queue) {
        recordedUnsynced |= !synced;
        annotation.before(systime(tick), synced, sink);
        int count = Math.min(3, queue.size());
        int first = take(queue);
        int second = count > 1 ? take(queue) : 0;
        int third = count > 2 ? take(queue) : 0;
        if (queue == waiting) {
            sink.spikes(count, first, second, third);
        } else {
            sink.samples(count, first, second, third);
        }
    }

    private static int take(TimedQueue queue) {
        int event = queue.headTag();
        queue.removeHead();
        return event;
    }

    private void applyTimeChanges(long tick) {
        for (; timeChanges.headTick() <= tick; timeChanges.removeHead()) {
            long changed = timeChanges.headTick();
            switch (timeChanges.headTag()) {
                case SYNCHRONISED -> {
                    synced = true;
                    systimeOffset = timeChanges.headValue() - changed;
                }
                case UNSYNCHRONISED -> synced = false;
                default -> loss.timerReset(changed);
            }
        }
    }

    private void applyRecordingChanges(long tick) {
        for (; recordingChanges.headTick() <= tick; recordingChanges.removeHead()) {
            recording = recordingChanges.headTag() == 1;
        }
    }

    private long systime(long tick) {
        return tick + systimeOffset & SYSTIME_MASK;
    }

    /**
     * Ends the trace of a program: everything that was due at or before the halt goes out, then the halt
     * (playback.md 4.10). Events that arrive in the halt's tick are too late.
     *
     * @return events that left the chip but did not arrive before the halt, 0 while recording is off
     */
    long halt(long haltTick) {
        advance(haltTick);
        applyRecordingChanges(haltTick);
        long inFlight = recording ? arrivals.size() + sampleArrivals.size() : 0;
        arrivals.clear();
        sampleArrivals.clear();
        while (true) {
            long due = responses.nextDue();
            if (!anyWaiting() && due > haltTick) {
                break;
            }
            // what is due later stays behind the halt, however long the queue holds it up
            perform(at++, due <= haltTick ? due : TimedQueue.NEVER);
        }
        applyTimeChanges(at);
        annotation.before(systime(at), synced, sink);
        sink.loopback(true);
        return inFlight;
    }

    /** A program was given up: changes that were to come have happened. */
    void abandon() {
        applyTimeChanges(TimedQueue.NEVER - 1);
        applyRecordingChanges(TimedQueue.NEVER - 1);
        clearQueues();
    }

    private void clearQueues() {
        arrivals.clear();
        waiting.clear();
        sampleArrivals.clear();
        samplesWaiting.clear();
    }

    /** Whether recording is on, as far as the trace was performed. */
    boolean recording() {
        return recording;
    }

    /** Whether nothing was recorded without system time. */
    boolean timed() {
        return synced && !recordedUnsynced;
    }

    /** Events of this program that arrived while recording was off. */
    long notRecorded() {
        return notRecorded;
    }

    /** Samples of this program that entered the queue. */
    long samplesRecorded() {
        return samplesRecorded;
    }

    /** Events of this program that found the queue full or waited too long. */
    long queueDrops() {
        return queueDrops;
    }

    /** Events of this program that were lost on the link by the target's option. */
    long lost() {
        return lost;
    }
}
