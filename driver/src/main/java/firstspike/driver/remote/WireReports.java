package firstspike.driver.remote;

import static firstspike.driver.error.ProgramRejectedException.Code.MALFORMED_REQUEST;

import firstspike.driver.error.ProgramRejectedException;
import firstspike.proto.chip.v1.Activity;
import firstspike.proto.chip.v1.Lease;
import firstspike.proto.chip.v1.ListTargetsResponse;
import firstspike.proto.chip.v1.ProtocolVersion;
import firstspike.proto.chip.v1.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a server tells of its chips, from messages that are not trusted. */
final class WireReports {

    private static final int MOST_CHIPS = 4096;
    private static final int LONGEST_NAME = 128;

    private WireReports() {}

    /**
     * @param answer of a server
     * @param uri by which it was reached
     * @return the report
     * @throws ProgramRejectedException when the answer makes no sense
     */
    static ServerReport decode(ListTargetsResponse answer, String uri) {
        if (answer.getTargetsCount() > MOST_CHIPS) {
            throw malformed("number of chips", answer.getTargetsCount(), MOST_CHIPS);
        }
        ProtocolVersion version = answer.getProtocolVersion();
        return new ServerReport(
                Integer.toUnsignedString(version.getMajor()) + "." + Integer.toUnsignedString(version.getMinor()),
                answer.getEpochMs() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(answer.getEpochMs())),
                answer.getTargetsList().stream()
                        .map(target -> chip(target, uri))
                        .toList());
    }

    private static ServedChip chip(Target target, String uri) {
        return new ServedChip(
                WireTargets.decode(target, uri),
                Duration.ofMillis(count("turn period in ms", target.getTurnPeriodMs())),
                target.hasLease() ? Optional.of(lease(target.getLease())) : Optional.empty(),
                target.hasActivity() ? Optional.of(activity(target.getActivity())) : Optional.empty());
    }

    /**
     * @param lease from a server
     * @return the same as a value
     * @throws ProgramRejectedException when it makes no sense
     */
    static HeldLease lease(Lease lease) {
        if (lease.getHolder().length() > LONGEST_NAME || lease.getLeaseId().length() > LONGEST_NAME) {
            throw malformed("name of a lease or its holder", "too long", LONGEST_NAME + " characters");
        }
        return new HeldLease(
                lease.getLeaseId(),
                WireTargets.chipId(lease.getChipId()),
                lease.getHolder().replaceAll("\\p{Cntrl}", "?"),
                Instant.ofEpochMilli(lease.getEndEpochMs()));
    }

    private static ChipActivity activity(Activity activity) {
        ChipActivity.Health health =
                switch (activity.getHealth()) {
                    case HEALTH_SERVING -> ChipActivity.Health.SERVING;
                    case HEALTH_DRAINING -> ChipActivity.Health.DRAINING;
                    case HEALTH_NOT_SERVING, HEALTH_UNSPECIFIED, UNRECOGNIZED -> ChipActivity.Health.NOT_SERVING;
                };
        return new ChipActivity(
                health,
                count("queue", activity.getQueued()),
                count("sessions", activity.getSessions()),
                count("programs", activity.getProgramsLastMinute()),
                micros(activity.getLargestWaitUs()),
                activity.hasWaitBoundUs() ? Optional.of(micros(activity.getWaitBoundUs())) : Optional.empty());
    }

    private static Duration micros(long value) {
        return Duration.ofSeconds(
                value / TimeUnit.SECONDS.toMicros(1),
                TimeUnit.MICROSECONDS.toNanos(count("wait in us", value) % TimeUnit.SECONDS.toMicros(1)));
    }

    private static long count(String field, long value) {
        if (value < 0) {
            throw malformed(field, Long.toUnsignedString(value), Long.MAX_VALUE);
        }
        return value;
    }

    private static ProgramRejectedException malformed(String field, Object value, Object limit) {
        return new ProgramRejectedException(
                MALFORMED_REQUEST, field + " of the server", value, limit, "update the server");
    }
}
