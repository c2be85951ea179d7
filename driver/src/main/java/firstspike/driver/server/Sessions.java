package firstspike.driver.server;

import static firstspike.driver.error.ProgramRejectedException.Code.MALFORMED_REQUEST;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipId;
import firstspike.driver.server.access.Audit;
import firstspike.driver.server.access.AuditEvent;
import firstspike.driver.server.access.Caller;
import firstspike.driver.server.access.Role;
import firstspike.driver.server.spool.Spool;
import firstspike.driver.server.turn.Lease;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All sessions of a server, and the chips that they are on. Any thread. */
final class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final int TOKEN_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> byId = new ConcurrentHashMap<>();
    private final Map<ChipId, ServedChip> chips = new LinkedHashMap<>();
    private final ServerLimits limits;
    private final Totals totals;
    private final Spool spool;
    private final Audit audit;
    private boolean draining;

    /**
     * @param served chips
     * @param single whether all links to one of them reach the same chip
     */
    Sessions(
            List<ChipDescription> served,
            boolean single,
            Lane.Yard yard,
            ServerLimits limits,
            Totals totals,
            Spool spool,
            Audit audit) {
        this.limits = limits;
        this.totals = totals;
        this.spool = spool;
        this.audit = audit;
        for (ChipDescription chip : served) {
            ChipId id = chip.chipId();
            chips.put(id, new ServedChip(id, single, yard, (kind, lease) -> audit(kind, id, lease)));
        }
    }

    private void audit(AuditEvent.Kind kind, ChipId chip, Lease lease) {
        Caller caller = Caller.current();
        Caller holder = new Caller(lease.user(), caller.proved(), Role.USER, caller.peer());
        String reason = "lease " + lease.id();
        if (kind == AuditEvent.Kind.LEASE_RELEASED && caller.role() == Role.OPERATOR && !caller.owns(lease.user())) {
            reason += " of " + lease.user();
            holder = caller;
        }
        audit.record(new AuditEvent(kind, holder, chip.value(), lease.session().orElse(""), reason));
    }

    /**
     * Writes down that somebody was refused something.
     *
     * @param caller who
     * @param chip concerned; empty: none
     * @param session concerned; empty: none
     * @param reason why
     */
    void refused(Caller caller, String chip, String session, String reason) {
        audit.record(new AuditEvent(AuditEvent.Kind.REFUSED, caller, chip, session, reason));
    }

    private ChipException foreign(Session session) {
        refused(Caller.current(), session.lane().chip().id().value(), session.id(), "session of another user");
        return SessionErrors.unknown(session.id());
    }

    /** The chips, in the order of the source. */
    List<ServedChip> chips() {
        return List.copyOf(chips.values());
    }

    /**
     * The chip that a request names.
     *
     * @param wanted its id; empty: the only one
     * @throws ProgramRejectedException that lists them when there is no such chip
     */
    ServedChip chip(String wanted) {
        String known = chips.keySet().stream().map(ChipId::value).collect(Collectors.joining(", "));
        if (wanted.isEmpty()) {
            if (chips.size() != 1) {
                throw new ProgramRejectedException(
                        MALFORMED_REQUEST, "chip of the request", "not named", known, "name one of them");
            }
            return chips.values().iterator().next();
        }
        return chips.values().stream()
                .filter(chip -> chip.id().value().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new ProgramRejectedException(
                        MALFORMED_REQUEST, "chip of the request", Answers.clip(wanted), known, "name one of them"));
    }

    /**
     * A new session without a link; to be {@linkplain #opened opened} or {@linkplain #failed given up}.
     *
     * @param owner whom it belongs to
     * @param connection that it is asked for on
     * @param chip that it is on
     * @param shared name of the virtual chip; empty: its own
     */
    synchronized Session create(Caller owner, Object connection, ServedChip chip, Optional<String> shared) {
        if (draining) {
            throw SessionErrors.draining();
        }
        if (byId.size() >= limits.sessions()) {
            throw SessionErrors.tooMany(byId.size(), limits.sessions());
        }
        refuseShare(owner, connection);
        byte[] token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        Session session = new Session(
                UUID.randomUUID().toString(),
                owner,
                token,
                chip.enter(shared),
                spool.session(owner.user()),
                limits.uploads(),
                this::gone);
        byId.put(session.id(), session);
        return session;
    }

    /** One user, or one connection whatever names it states, leaves room for others. */
    private void refuseShare(Caller owner, Object connection) {
        long ofUser = byId.values().stream()
                .filter(session -> session.owner().user().equals(owner.user()))
                .count();
        if (ofUser >= limits.sessionsOfUser()) {
            throw SessionErrors.tooManyOf("open sessions of the user", ofUser, limits.sessionsOfUser());
        }
        long ofConnection = byId.values().stream()
                .filter(session -> session.isConnected(connection))
                .count();
        if (connection != null && ofConnection >= limits.sessionsOfConnection()) {
            throw SessionErrors.tooManyOf(
                    "open sessions of the connection", ofConnection, limits.sessionsOfConnection());
        }
    }

    /** A session has its turns from now on. */
    void opened(Session session) {
        totals.sessionOpened();
        record(AuditEvent.Kind.SESSION_OPENED, session, "");
        LOG.info(
                "session {} opened by {} on {}",
                session.id(),
                shown(session),
                session.lane().chip().id());
    }

    /** A session could not be opened. */
    void failed(Session session, String why) {
        byId.remove(session.id());
        session.dispose();
        session.lane().chip().leave(session.lane());
        record(AuditEvent.Kind.REFUSED, session, why);
    }

    /** Nothing of a session runs any more. */
    private void gone(Session session) {
        byId.remove(session.id());
        session.dispose();
        session.lane().chip().leave(session.lane());
        if (session.closedBy().equals(Session.EXPIRY)) {
            totals.sessionExpired();
        }
        record(AuditEvent.Kind.SESSION_CLOSED, session, session.closedBy());
        LOG.info("session {} closed by {}", session.id(), session.closedBy());
    }

    private void record(AuditEvent.Kind kind, Session session, String reason) {
        audit.record(
                new AuditEvent(kind, session.owner(), session.lane().chip().id().value(), session.id(), reason));
    }

    private static String shown(Session session) {
        return session.owner().user().replaceAll("\\p{Cntrl}", "?");
    }

    /** The session of an id, if it belongs to the caller of the current call; the typed error otherwise. */
    Session require(String id) {
        Session session = find(id).orElseThrow(() -> SessionErrors.unknown(id));
        if (!Caller.current().owns(session.owner().user())) {
            throw foreign(session);
        }
        return session;
    }

    /** The session of the current call, which its connection keeps alive; the typed error when it is not the caller's. */
    Session called(String id) {
        Session session = require(id);
        session.connected(CallGate.CONNECTION.get());
        return session;
    }

    /** The session of an id, if the caller of the current call may end what is in it; the typed error otherwise. */
    Session requireToEnd(String id) {
        Session session = find(id).orElseThrow(() -> SessionErrors.unknown(id));
        if (!Caller.current().mayEnd(session.owner().user())) {
            throw foreign(session);
        }
        return session;
    }

    private Optional<Session> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Ends a session of the caller if there is one of that id. */
    void close(String id) {
        find(id).filter(session -> Caller.current().owns(session.owner().user()))
                .ifPresent(session -> close(session, "client"));
    }

    private void close(Session session, String byWhom) {
        // unknown at once, whatever of it still runs
        byId.remove(session.id());
        session.close(byWhom);
    }

    void disconnected(Object connection) {
        byId.values().forEach(session -> session.disconnected(connection));
    }

    /** Whether a session is held by that connection. */
    boolean holds(Object connection) {
        return byId.values().stream().anyMatch(session -> session.isConnected(connection));
    }

    int size() {
        return byId.size();
    }

    /** Whether new work is refused. */
    synchronized boolean draining() {
        return draining;
    }

    /**
     * Refuses new and waiting work, and waits for running programs.
     *
     * @param end how long, an instant of {@link System#nanoTime}
     * @return whether nothing runs any more
     */
    boolean drain(long end) throws InterruptedException {
        synchronized (this) {
            draining = true;
        }
        chips.values().forEach(ServedChip::drain);
        boolean quiet = true;
        for (ServedChip chip : chips.values()) {
            quiet &= chip.awaitQuiet(end);
        }
        return quiet;
    }

    /** Ends all sessions, running programs too, and waits for them until that instant of {@link System#nanoTime}. */
    void closeAll(long end) throws InterruptedException {
        List.copyOf(byId.values()).forEach(session -> close(session, "server"));
        for (ServedChip chip : chips.values()) {
            chip.awaitIdle(end);
            chip.close();
        }
    }
}
