package firstspike.driver.server;

import static firstspike.driver.error.ProgramRejectedException.Code.MALFORMED_REQUEST;
import static firstspike.driver.error.TargetUnavailableException.Code.LEASE_LOST;

import firstspike.driver.error.ChipBusyException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.error.SessionUnknownException;
import firstspike.driver.error.TargetUnavailableException;
import firstspike.driver.server.access.Caller;
import firstspike.driver.server.turn.Lease;
import firstspike.driver.server.turn.TurnRules;
import firstspike.proto.chip.v1.AcquireLeaseRequest;
import firstspike.proto.chip.v1.LeaseResponse;
import firstspike.proto.chip.v1.ReleaseLeaseRequest;
import firstspike.proto.chip.v1.ReleaseLeaseResponse;
import firstspike.proto.chip.v1.RenewLeaseRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Leases of users (playback.md 14.2). A lease that never was, or is of somebody else, is not known; one that the caller had
 * and that ended is lost. Any thread.
 */
final class LeaseCalls {

    /** Leases whose users stay known after their end. */
    private static final int REMEMBERED = 4096;

    private final Sessions sessions;
    private final TargetMessages targets;
    private final Map<String, String> users = new LinkedHashMap<>();

    LeaseCalls(Sessions sessions, TargetMessages targets) {
        this.sessions = sessions;
        this.targets = targets;
    }

    LeaseResponse acquire(AcquireLeaseRequest request) {
        Answers.requireName("name of the user", request.getUser(), Answers.LONGEST_NAME);
        Caller caller = Caller.current().named(request.getUser());
        long ttlNs = ttlNs(request.getTtlMs() != 0, request.getTtlMs());
        ServedChip chip = sessions.chip(request.getChipId());
        String id = UUID.randomUUID().toString();
        Lease lease;
        try {
            lease = chip.tell((turns, now) -> turns.acquireLease(now, id, caller.user(), ttlNs));
        } catch (ChipBusyException e) {
            sessions.refused(caller, chip.id().value(), "", e.getMessage());
            throw e;
        }
        remember(id, caller.user());
        return answer(chip, lease);
    }

    private synchronized void remember(String lease, String user) {
        users.put(lease, user);
        if (users.size() > REMEMBERED) {
            users.remove(users.keySet().iterator().next());
        }
    }

    LeaseResponse renew(RenewLeaseRequest request) {
        long ttlNs = ttlNs(true, request.getTtlMs());
        String id = request.getLeaseId();
        ServedChip chip = holding(id)
                .filter(held -> held.lease()
                        .filter(lease -> Caller.current().owns(lease.user()))
                        .isPresent())
                .orElseThrow(() -> ended(id));
        return answer(chip, chip.tell((turns, now) -> turns.renewLease(now, id, ttlNs)));
    }

    ReleaseLeaseResponse release(ReleaseLeaseRequest request) {
        String id = request.getLeaseId();
        Optional<ServedChip> chip = holding(id).filter(held -> held.lease()
                .filter(lease -> Caller.current().mayEnd(lease.user()))
                .isPresent());
        if (chip.isPresent()) {
            chip.get().release(id);
        } else if (!wasOwn(id)) {
            refused(id);
            throw unknown(id);
        }
        return ReleaseLeaseResponse.getDefaultInstance();
    }

    private Optional<ServedChip> holding(String id) {
        return sessions.chips().stream()
                .filter(chip ->
                        chip.lease().filter(lease -> lease.id().equals(id)).isPresent())
                .findFirst();
    }

    private synchronized boolean wasOwn(String id) {
        return users.containsKey(id) && Caller.current().owns(users.get(id));
    }

    private void refused(String id) {
        sessions.refused(Caller.current(), "", "", "lease " + Answers.clip(id) + " of nobody or another user");
    }

    private RuntimeException ended(String id) {
        boolean own = wasOwn(id);
        if (!own) {
            refused(id);
        }
        return own
                ? new TargetUnavailableException(
                        LEASE_LOST,
                        ErrorDetail.of(
                                        "lease " + Answers.clip(id),
                                        "expired or released",
                                        "the lease that holds now",
                                        "take a new one")
                                .with(ErrorDetail.REASON, "LEASE_LOST"),
                        null)
                : unknown(id);
    }

    private static SessionUnknownException unknown(String id) {
        return new SessionUnknownException(
                ErrorDetail.of("lease " + Answers.clip(id), "not known here", "leases of the caller", "take a new one")
                        .with(ErrorDetail.REASON, "LEASE_UNKNOWN"),
                null,
                null,
                true);
    }

    private LeaseResponse answer(ServedChip chip, Lease lease) {
        return LeaseResponse.newBuilder().setLease(targets.lease(chip, lease)).build();
    }

    /**
     * The length of a lease that a request asks for.
     *
     * @param given whether it says a length at all; else the usual one
     * @param ms unsigned
     * @return ns
     */
    static long ttlNs(boolean given, long ms) {
        long longest = TurnRules.LONGEST_LEASE.toMillis();
        if (!given) {
            return TurnRules.USUAL_LEASE.toNanos();
        }
        if (ms < 1 || ms > longest) {
            throw new ProgramRejectedException(
                    MALFORMED_REQUEST,
                    "ttl of the lease in ms",
                    Long.toUnsignedString(ms),
                    "1 to " + longest,
                    "ask for less and renew");
        }
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }
}
