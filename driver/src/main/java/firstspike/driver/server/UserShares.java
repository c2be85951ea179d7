package firstspike.driver.server;

import static firstspike.driver.error.TargetUnavailableException.Code.QUOTA_EXCEEDED;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.TargetUnavailableException;
import java.util.HashMap;
import java.util.Map;

/** Counts what each user has of something that takes memory: all together at most so many, one user a quarter. Any thread. */
final class UserShares {

    private static final int SHARE = 4;

    private final String thing;
    private final int most;
    private final Map<String, Integer> byUser = new HashMap<>();
    private int all;

    /**
     * @param thing that is counted, for the error
     * @param most of all users
     */
    UserShares(String thing, int most) {
        this.thing = thing;
        this.most = Math.max(SHARE, most);
    }

    /**
     * Takes one.
     *
     * @param user who
     * @return gives it back, once
     * @throws TargetUnavailableException when the user has a quarter of all, or there are no more
     */
    synchronized Runnable take(String user) {
        int own = byUser.getOrDefault(user, 0);
        if (own >= most / SHARE) {
            throw refusal(thing + " of the user", own, most / SHARE);
        }
        if (all >= most) {
            throw refusal(thing + " of all users", all, most);
        }
        byUser.put(user, own + 1);
        all++;
        return new Runnable() {
            private boolean given;

            @Override
            public void run() {
                synchronized (UserShares.this) {
                    if (!given) {
                        given = true;
                        all--;
                        byUser.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1);
                    }
                }
            }
        };
    }

    private static TargetUnavailableException refusal(String thing, int value, int limit) {
        return new TargetUnavailableException(
                QUOTA_EXCEEDED,
                ErrorDetail.of(thing, value + 1, limit, "read those that are open to their end first")
                        .with(ErrorDetail.REASON, "STORAGE")
                        .with("limit", limit)
                        .with("free", 0),
                null);
    }
}
