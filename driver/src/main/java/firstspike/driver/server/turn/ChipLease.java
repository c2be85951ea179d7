package firstspike.driver.server.turn;

import static firstspike.driver.error.ProgramRejectedException.Code.MALFORMED_REQUEST;

import firstspike.driver.error.ProgramRejectedException;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The one lease that a chip can have (playback.md 14.2): of a user, for a time; or of a session, as long as that is connected
 * and for a time after. Machines of virtual chips that bear one name may have one lease together: then one lock guards them
 * all, and whoever told one of them something asks {@link #changes} whether to ask the others anew.
 */
public final class ChipLease {

    private static final long NONE = Long.MIN_VALUE;

    private Optional<Lease> lease = Optional.empty();
    private long ttlNs;
    private boolean kept;
    private long endedNs = NONE;
    private long changes;
    private BiConsumer<Lease, Long> told = (ended, at) -> {};

    /** A free chip. */
    public ChipLease() {}

    /** Counts whatever can change who may have the chip. */
    public long changes() {
        return changes;
    }

    /** The lease that holds, its end as it was last set. */
    public Optional<Lease> held() {
        return lease;
    }

    /** The lease that holds, as one may tell it to others. */
    Optional<Lease> current(long now) {
        return lease.map(held -> kept ? withEnd(held, now + ttlNs) : held);
    }

    private static Lease withEnd(Lease lease, long endNs) {
        return new Lease(lease.id(), lease.user(), endNs, lease.session());
    }

    /** Whether this user may have the chip. */
    boolean admits(String user) {
        return lease.isEmpty() || lease.get().user().equals(user);
    }

    /** Takes the free chip. */
    void take(String id, String user, long ttl, Optional<String> session, long now, BiConsumer<Lease, Long> whenLost) {
        changes++;
        told = whenLost;
        ttlNs = ttl;
        kept = false;
        lease = Optional.of(new Lease(id, user, now + ttl, session));
    }

    /** A length that a lease may have. */
    static long checked(long ttl) {
        if (ttl < 1 || ttl > TurnRules.LONGEST_LEASE.toNanos()) {
            throw new ProgramRejectedException(
                    MALFORMED_REQUEST,
                    "ttl of the lease in ns",
                    ttl,
                    "1 to " + TurnRules.LONGEST_LEASE.toNanos(),
                    "ask for less and renew");
        }
        return ttl;
    }

    /** Moves the end; false when this lease does not hold any more. */
    boolean renew(String id, long ttl, long now) {
        if (!isHeld(id)) {
            return false;
        }
        changes++;
        ttlNs = ttl;
        lease = lease.map(held -> withEnd(held, now + ttl));
        return true;
    }

    private boolean isHeld(String id) {
        return lease.isPresent() && lease.get().id().equals(id);
    }

    /** Ends it if it is this one, and tells its owner. */
    boolean release(String id, long now) {
        boolean held = isHeld(id);
        if (held) {
            told.accept(end(now), now);
        }
        return held;
    }

    private Lease end(long now) {
        Lease ended = lease.orElseThrow();
        changes++;
        lease = Optional.empty();
        endedNs = now;
        return ended;
    }

    /** A session got its first connection or lost its last one. */
    void connected(String session, boolean connected, long now) {
        if (belongsTo(session)) {
            changes++;
            kept = connected;
            if (!connected) {
                lease = lease.map(held -> withEnd(held, now + ttlNs));
            }
        }
    }

    private boolean belongsTo(String session) {
        return lease.flatMap(Lease::session).filter(session::equals).isPresent();
    }

    /** The session is no more, and with it its lease. */
    void sessionGone(String session, long now) {
        if (belongsTo(session)) {
            end(now);
        }
    }

    /** Ends it when its time is over, and tells its owner. */
    void expire(long now) {
        if (wakeNs() <= now) {
            told.accept(end(now), now);
        }
    }

    long wakeNs() {
        return lease.isEmpty() || kept ? Unit.NEVER : lease.get().endNs();
    }

    /** When the last lease ended; whoever waited under it waits from then on. */
    long endedNs() {
        return endedNs;
    }
}
