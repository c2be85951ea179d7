package firstspike.driver.server;

import firstspike.driver.link.ChipId;
import firstspike.driver.server.access.AuditEvent;
import firstspike.driver.server.turn.ChipLease;
import firstspike.driver.server.turn.Lease;
import firstspike.driver.server.turn.WaitReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * What bears one chip id: the one chip behind a source whose links all reach it, or all virtual chips under that id. They
 * have one lock and one lease together: who leases the id has it for himself, whatever name a virtual chip is shared by. Any
 * thread.
 */
final class ServedChip {

    private final ChipId id;
    private final boolean single;
    private final Lane.Yard yard;
    private final BiConsumer<AuditEvent.Kind, Lease> leases;
    private final Object lock = new Object();
    private final ChipLease lease = new ChipLease();
    private final Lane front;
    private final Set<Lane> lanes = new HashSet<>();
    private final Map<String, Lane> shared = new HashMap<>();
    private final ChipCounts counts;
    private Optional<Lease> known = Optional.empty();
    private boolean releasing;
    private long seenChanges;
    private boolean draining;
    private long largestWaitNs;
    private long waitBoundNs;

    /**
     * @param single whether all links reach one chip
     * @param leases is told of leases taken, lost and released
     */
    ServedChip(ChipId id, boolean single, Lane.Yard yard, BiConsumer<AuditEvent.Kind, Lease> leases) {
        this.id = id;
        this.single = single;
        this.yard = yard;
        this.leases = leases;
        this.counts = new ChipCounts(yard.time().clock());
        this.front = new Lane(this, lock, lease, yard);
        lanes.add(front);
    }

    ChipId id() {
        return id;
    }

    /** Whether all sessions use one link. */
    boolean single() {
        return single;
    }

    /** The lane of a new session: that of the only chip, of the shared name, or an own one. */
    Lane enter(Optional<String> name) {
        synchronized (lock) {
            Lane lane = front;
            if (!single) {
                lane = name.map(text -> shared.computeIfAbsent(text, any -> newLane()))
                        .orElseGet(this::newLane);
            }
            lane.users(1);
            return lane;
        }
    }

    /** Whether several sessions may be on that chip; under the lock. */
    boolean isCommon(Lane lane) {
        return single || shared.containsValue(lane);
    }

    private Lane newLane() {
        Lane lane = new Lane(this, lock, lease, yard);
        lanes.add(lane);
        if (draining) {
            lane.tell((turns, now) -> {
                turns.drain(now);
                return null;
            });
        }
        return lane;
    }

    /** A session left its lane; a virtual chip without sessions is no more. */
    void leave(Lane lane) {
        synchronized (lock) {
            if (lane.users(-1) == 0 && lane != front) {
                count(lane.waits());
                lanes.remove(lane);
                shared.values().remove(lane);
            }
        }
    }

    private void count(WaitReport waits) {
        largestWaitNs = Math.max(largestWaitNs, waits.largestNs());
        // of a chip where nobody waited there is no bound to tell
        waitBoundNs = Math.max(waitBoundNs, waits.largestNs() == 0 ? 0 : waits.boundNs());
    }

    /** Tells something that concerns the lease, or all lanes. */
    <T> T tell(Lane.Action<T> action) {
        return front.tell(action);
    }

    /** Ends a lease before its time; false when it does not hold any more. */
    boolean release(String leaseId) {
        return front.tell((turns, now) -> {
            releasing = true;
            return turns.releaseLease(now, leaseId);
        });
    }

    /** One lane has settled: the others look again when the lease changed; under the lock. */
    void settled(List<Runnable> told) {
        while (lease.changes() != seenChanges) {
            seenChanges = lease.changes();
            noteLease(told);
            new ArrayList<>(lanes).forEach(lane -> lane.start(told));
        }
        releasing = false;
    }

    private void noteLease(List<Runnable> told) {
        Optional<Lease> now = lease.held();
        boolean same = now.map(Lease::id).equals(known.map(Lease::id));
        if (!same) {
            AuditEvent.Kind end = releasing ? AuditEvent.Kind.LEASE_RELEASED : AuditEvent.Kind.LEASE_LOST;
            known.ifPresent(ended -> told.add(() -> leases.accept(end, ended)));
            now.ifPresent(taken -> told.add(() -> leases.accept(AuditEvent.Kind.LEASE_TAKEN, taken)));
        }
        known = now;
    }

    /** What became of its submissions. */
    ChipCounts counts() {
        return counts;
    }

    /** Who has it for himself, if anybody. */
    Optional<Lease> lease() {
        return front.tell((turns, now) -> turns.lease(now));
    }

    /** What goes on at it; whether it is available is for others to say. */
    ChipActivity activity(boolean available) {
        synchronized (lock) {
            long queued = 0;
            long sessions = 0;
            for (Lane lane : lanes) {
                queued += lane.queued();
                sessions += lane.sessionCount();
                count(lane.waits());
            }
            return new ChipActivity(
                    id,
                    available,
                    sessions,
                    queued,
                    counts.byState(),
                    counts.lastMinute(),
                    lease.held().isPresent(),
                    Duration.ofNanos(largestWaitNs),
                    largestWaitNs == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(waitBoundNs)));
        }
    }

    /** Refuses what is new and what waits; what runs goes on. */
    void drain() {
        List<Lane> all;
        synchronized (lock) {
            draining = true;
            all = List.copyOf(lanes);
        }
        all.forEach(lane -> lane.tell((turns, now) -> {
            turns.drain(now);
            return null;
        }));
    }

    /** Waits until nothing runs, at most until that instant of {@link System#nanoTime}; whether it came to that. */
    boolean awaitQuiet(long end) throws InterruptedException {
        return await(end, true);
    }

    /** Waits until no thread works for it, at most until that instant of {@link System#nanoTime}. */
    void awaitIdle(long end) throws InterruptedException {
        await(end, false);
    }

    private boolean await(long end, boolean quiet) throws InterruptedException {
        synchronized (lock) {
            while (!lanes.stream().allMatch(quiet ? Lane::quiet : Lane::idle)) {
                long leftMs = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (leftMs <= 0) {
                    return false;
                }
                lock.wait(leftMs);
            }
            return true;
        }
    }

    /** Gives the common link back. */
    void close() {
        front.closeLink();
    }
}
