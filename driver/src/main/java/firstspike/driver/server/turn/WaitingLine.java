package firstspike.driver.server.turn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Sessions that could use the chip and do not have it: users in the order of their first waiting submission, the sessions of
 * one user likewise among themselves (playback.md 14.2). Whoever had a turn goes to the end.
 */
final class WaitingLine<P> {

    private final Map<String, Set<TurnSession<P>>> users = new LinkedHashMap<>();

    /** Adds a session to the end of its user's row, and its user to the end of the line; no effect on one that waits. */
    void add(TurnSession<P> session, long now) {
        if (users.computeIfAbsent(session.user(), user -> new LinkedHashSet<>()).add(session)) {
            session.waitsFrom(now);
        }
    }

    void remove(TurnSession<P> session) {
        Set<TurnSession<P>> row = users.get(session.user());
        if (row != null && row.remove(session) && row.isEmpty()) {
            users.remove(session.user());
        }
    }

    /** A session of this user had its turn: the user goes to the end. */
    void hadTurn(String user) {
        Set<TurnSession<P>> row = users.remove(user);
        if (row != null) {
            users.put(user, row);
        }
    }

    /** The first session whose user may have the chip. */
    Optional<TurnSession<P>> first(Predicate<String> mayHave) {
        for (Map.Entry<String, Set<TurnSession<P>>> row : users.entrySet()) {
            if (mayHave.test(row.getKey())) {
                return Optional.of(row.getValue().iterator().next());
            }
        }
        return Optional.empty();
    }

    /** Users that wait, and this one. */
    int usersWith(String user) {
        return users.size() + (users.containsKey(user) ? 0 : 1);
    }

    /** Waiting sessions of a user. */
    int sessionsOf(String user) {
        Set<TurnSession<P>> row = users.get(user);
        return row == null ? 0 : row.size();
    }

    /** Sessions that surely have a turn before this one, in no order. */
    List<TurnSession<P>> ahead(TurnSession<P> session) {
        List<TurnSession<P>> before = new ArrayList<>();
        for (Map.Entry<String, Set<TurnSession<P>>> row : users.entrySet()) {
            if (row.getKey().equals(session.user())) {
                row.getValue().stream().takeWhile(other -> other != session).forEach(before::add);
                return before;
            }
            before.add(row.getValue().iterator().next());
        }
        return List.of();
    }
}
