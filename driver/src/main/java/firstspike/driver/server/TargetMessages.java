package firstspike.driver.server;

import firstspike.driver.link.ChipDescription;
import firstspike.driver.remote.WireTargets;
import firstspike.driver.server.turn.Lease;
import firstspike.driver.server.turn.TurnRules;
import firstspike.proto.chip.v1.Activity;
import firstspike.proto.chip.v1.Target;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Chips and their leases as messages. Any thread. */
final class TargetMessages {

    private final ServerLimits limits;
    private final TurnRules rules;
    private final ServerTime time;

    TargetMessages(ServerLimits limits, TurnRules rules, ServerTime time) {
        this.limits = limits;
        this.rules = rules;
        this.time = time;
    }

    /** What a chip can do, with the limits that hold for its sessions. */
    Target.Builder limited(ChipDescription chip) {
        return WireTargets.encode(chip)
                .setLimits(limits.message())
                .setTurnPeriodMs(TimeUnit.NANOSECONDS.toMillis(rules.turnPeriodNs()));
    }

    /** What a chip can do, who has it and what goes on at it. */
    Target.Builder active(ChipDescription chip, ServedChip served, Activity.Health health) {
        ChipActivity now = served.activity(health == Activity.Health.HEALTH_SERVING);
        Activity.Builder activity = Activity.newBuilder()
                .setHealth(health)
                .setQueued(now.queued())
                .setSessions(now.sessions())
                .setProgramsLastMinute(now.lastMinute())
                .setLargestWaitUs(micros(now.largestWait()));
        now.waitBound().ifPresent(bound -> activity.setWaitBoundUs(micros(bound)));
        Target.Builder target = limited(chip).setActivity(activity);
        served.lease().ifPresent(lease -> target.setLease(lease(served, lease)));
        return target;
    }

    private static long micros(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }

    /** A lease with its end as the clock of the machine says now. */
    firstspike.proto.chip.v1.Lease lease(ServedChip chip, Lease lease) {
        return firstspike.proto.chip.v1.Lease.newBuilder()
                .setLeaseId(lease.id())
                .setChipId(chip.id().value())
                .setHolder(lease.user())
                .setEndEpochMs(time.epochMs(lease.endNs()))
                .build();
    }
}
