package firstspike.driver.server.access;

import firstspike.driver.error.AccessDeniedException;
import io.grpc.Context;
import java.util.Objects;

/**
 * Whom a call comes from.
 *
 * @param user name; empty when nobody proved it and the call states none
 * @param proved whether a token or a certificate says so; otherwise the name is only what the client states
 * @param role what it may do
 * @param peer address and port of the other end, for people
 */
public record Caller(String user, boolean proved, Role role, String peer) {

    private static final Context.Key<Caller> CURRENT = Context.key("firstspike.caller");

    /** Refuses nulls. */
    public Caller {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(peer, "peer");
    }

    /** The caller of the call that this thread works for; one without a name outside of calls. */
    public static Caller current() {
        Caller caller = CURRENT.get();
        return caller == null ? unproved("") : caller;
    }

    /**
     * @param peer other end
     * @return a caller who proved nothing
     */
    public static Caller unproved(String peer) {
        return new Caller("", false, Role.USER, peer);
    }

    /**
     * @param context of a call
     * @return the same context with this caller
     */
    Context in(Context context) {
        return context.withValue(CURRENT, this);
    }

    /**
     * This caller under the name that a request states.
     *
     * @param stated name; empty: none
     * @return the caller to whom sessions and leases of this call belong
     * @throws AccessDeniedException when another name was proved
     */
    public Caller named(String stated) {
        if (!proved) {
            return new Caller(stated, false, role, peer);
        }
        if (stated.isEmpty() || stated.equals(user)) {
            return this;
        }
        throw new AccessDeniedException(
                "user of the request", stated, user, "state the user of the token or certificate, or none");
    }

    /**
     * Whether it may see and touch what belongs to a user; things of others are answered as unknown.
     *
     * @param owner user
     * @return whether it is the same user, as far as this server can tell
     */
    public boolean owns(String owner) {
        return !proved || user.equals(owner);
    }

    /**
     * Whether it may release, cancel or drain what belongs to a user.
     *
     * @param owner user
     * @return whether it is the same user or an operator
     */
    public boolean mayEnd(String owner) {
        return role == Role.OPERATOR || owns(owner);
    }
}
