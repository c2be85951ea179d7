package firstspike.driver.link;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.IncompleteResponseException;
import firstspike.driver.error.PartialResult;
import firstspike.driver.error.RunFailedException;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.playback.Ticket;
import firstspike.driver.playback.TicketNotReadyException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What came back from one program: read values and their times, spikes, samples, notifications,
 * health. Immutable; every run has
 * its own. Made with {@link #builder()} by links.
 */
public final class RunResult implements PartialResult {

    private final long[][] values;
    private final long[][] times;
    private final SpikeColumns spikes;
    private final SampleColumns samples;
    private final List<Notification> notifications;
    private final RunHealth health;
    private final RunTiming timing;
    private final Provenance provenance;

    private RunResult(Builder builder) {
        this.values = builder.values;
        this.times = builder.times;
        this.spikes = builder.spikes;
        this.samples = builder.samples;
        this.notifications = List.copyOf(builder.notifications);
        this.health = builder.health;
        this.timing = builder.timing;
        this.provenance = builder.provenance;
    }

    /** An empty result to fill. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * What a failed run had received.
     *
     * @param failed the error that ended it
     * @return the partial result, if there is one
     */
    public static Optional<RunResult> before(RunFailedException failed) {
        return failed.partialResult().map(RunResult.class::cast);
    }

    /**
     * Refuses a result that does not answer every read of its program exactly once (playback.md 8).
     *
     * @param program that ran
     * @return this result
     * @throws IncompleteResponseException with this result as partial one
     */
    public RunResult complete(PlaybackProgram program) {
        for (ResponseKind kind : ResponseKind.values()) {
            requireResponses(kind, program.expectedResponses(kind), responses(kind), this);
        }
        return this;
    }

    /**
     * Refuses a number of responses.
     *
     * @param kind of response
     * @param expected how many reads asked
     * @param received how many answers came
     * @param partial what was received and kept, or null
     * @throws IncompleteResponseException when the two differ
     */
    public static void requireResponses(ResponseKind kind, long expected, long received, RunResult partial) {
        if (expected != received) {
            ErrorDetail detail = ErrorDetail.of(
                            kind + " responses",
                            received,
                            "exactly " + expected,
                            received < expected
                                    ? "end the program with a barrier behind its reads"
                                    : "report this target")
                    .with("kind", kind)
                    .with("expected", expected)
                    .with("received", received);
            throw new IncompleteResponseException(detail, null, partial, true);
        }
    }

    /**
     * Value behind a ticket.
     *
     * @param <T> what the ticket decodes to
     * @param ticket of the program that ran
     * @return the decoded value
     * @throws TicketNotReadyException when its responses did not arrive
     */
    public <T> T get(Ticket<T> ticket) {
        int from = ready(ticket);
        return ticket.decode(Arrays.copyOfRange(values[ticket.kind().ordinal()], from, from + ticket.count()));
    }

    /**
     * @param ticket of the program that ran
     * @return FPGA time in ticks of the ticket's last response
     * @throws TicketNotReadyException when its responses did not arrive
     */
    public long fpgaTime(Ticket<?> ticket) {
        return times[ticket.kind().ordinal()][ready(ticket) + ticket.count() - 1];
    }

    private int ready(Ticket<?> ticket) {
        int from = ticket.position();
        if (from + ticket.count() > values[ticket.kind().ordinal()].length) {
            throw new TicketNotReadyException(ticket, values[ticket.kind().ordinal()].length);
        }
        return from;
    }

    /**
     * @param kind of response
     * @return number of responses that arrived
     */
    public int responses(ResponseKind kind) {
        return values[kind.ordinal()].length;
    }

    /**
     * @param kind of response
     * @return a copy of all values in order; loopback ticks have value 1
     */
    public long[] values(ResponseKind kind) {
        return values[kind.ordinal()].clone();
    }

    /**
     * @param kind of response
     * @return a copy of all FPGA times in ticks
     */
    public long[] times(ResponseKind kind) {
        return times[kind.ordinal()].clone();
    }

    /** Recorded spikes in trace order. */
    public SpikeColumns spikes() {
        return spikes;
    }

    /** Samples of the membrane converter in trace order. */
    public SampleColumns samples() {
        return samples;
    }

    /** Link notifications in order. */
    public List<Notification> notifications() {
        return notifications;
    }

    /** Counters and notes. */
    public RunHealth health() {
        return health;
    }

    /** What the times refer to. */
    public TimeBase timeBase() {
        return health.timeBase();
    }

    /** Where the wall time went. */
    public RunTiming timing() {
        return timing;
    }

    /** Where the result comes from. */
    public Provenance provenance() {
        return provenance;
    }

    /** Collects a result; one owner thread. */
    public static final class Builder {

        private final long[][] values = new long[ResponseKind.values().length][0];
        private final long[][] times = new long[ResponseKind.values().length][0];
        private SpikeColumns spikes = SpikeColumns.empty();
        private SampleColumns samples = SampleColumns.empty();
        private List<Notification> notifications = List.of();
        private RunHealth health = new RunHealth(new java.util.TreeMap<>(), TimeBase.UNSYNCED, List.of());
        private RunTiming timing = RunTiming.NONE;
        private Provenance provenance;

        private Builder() {}

        /**
         * @param kind of response
         * @param responseValues in order; kept, not copied
         * @param fpgaTimes in ticks, as many; kept, not copied
         * @return this
         */
        public Builder responses(ResponseKind kind, long[] responseValues, long[] fpgaTimes) {
            if (responseValues.length != fpgaTimes.length) {
                throw new IllegalArgumentException(kind + " responses: " + responseValues.length + " values, "
                        + fpgaTimes.length + " times (limit: equal); give one time a value");
            }
            values[kind.ordinal()] = responseValues;
            times[kind.ordinal()] = fpgaTimes;
            return this;
        }

        /**
         * @param columns in trace order
         * @return this
         */
        public Builder spikes(SpikeColumns columns) {
            spikes = columns;
            return this;
        }

        /**
         * @param columns in trace order
         * @return this
         */
        public Builder samples(SampleColumns columns) {
            samples = columns;
            return this;
        }

        /**
         * @param list in order
         * @return this
         */
        public Builder notifications(List<Notification> list) {
            notifications = list;
            return this;
        }

        /**
         * @param runHealth counters and notes
         * @return this
         */
        public Builder health(RunHealth runHealth) {
            health = runHealth;
            return this;
        }

        /**
         * @param runTiming wall time
         * @return this
         */
        public Builder timing(RunTiming runTiming) {
            timing = runTiming;
            return this;
        }

        /**
         * @param origin of the result
         * @return this
         */
        public Builder provenance(Provenance origin) {
            provenance = origin;
            return this;
        }

        /** The finished result. */
        public RunResult build() {
            return new RunResult(this);
        }
    }
}
