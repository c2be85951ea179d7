package firstspike.driver.server.turn;

/** Measures what {@link WaitReport} tells. */
final class Waits {

    private final TurnRules rules;
    private long largestNs;
    private int users;
    private int sessions;
    private long longestUnitNs;
    private long longestChangeNs;

    Waits(TurnRules rules) {
        this.rules = rules;
    }

    void waited(long ns) {
        largestNs = Math.max(largestNs, ns);
    }

    /** So many users have work or the turn, one of them with so many sessions. */
    void saw(int usersNow, int sessionsOfOne) {
        users = Math.max(users, usersNow);
        sessions = Math.max(sessions, sessionsOfOne);
    }

    void unit(long ns) {
        longestUnitNs = Math.max(longestUnitNs, ns);
    }

    void change(long ns) {
        longestChangeNs = Math.max(longestChangeNs, ns);
    }

    WaitReport report() {
        long turn =
                Math.max(rules.turnPeriodNs(), longestChangeNs) + rules.turnGraceNs() + longestUnitNs + longestChangeNs;
        long turns = Math.max(0, (long) sessions * users - 1);
        long bound = Math.multiplyHigh(turns, turn) == 0 && turns * turn >= 0 ? turns * turn : Long.MAX_VALUE;
        return new WaitReport(
                largestNs, Math.max(bound, longestChangeNs), users, sessions, longestUnitNs, longestChangeNs);
    }
}
