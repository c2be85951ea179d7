package firstspike.driver.server.turn;

/**
 * How long sessions waited for a turn, and how long they may have (playback.md 14.2).
 *
 * <p>With U users, k sessions of the waiting user that had work or the turn, and turns of at most T = period + grace +
 * longest submission + longest change of turn, at most k U - 1 turns lie before a session's own: its user gets every U-th
 * turn at the latest, its sessions share those. For one session a user this is the (U - 1) T of 14.2. Where a change of turn
 * takes longer than the period, a turn still holds one submission, so that the change counts for the period in T. Somebody
 * alone waits for his own reinit at most, one change of turn. All numbers are the largest since the machine was made; time under a lease of somebody else is no waiting.
 *
 * @param largestNs longest wait, from the first submission that could have started until one started
 * @param boundNs what it may be at most
 * @param users U
 * @param sessions k
 * @param longestUnitNs longest submission
 * @param longestChangeNs longest change of turn: snapshots of one session and reinit of the next
 */
public record WaitReport(
        long largestNs, long boundNs, int users, int sessions, long longestUnitNs, long longestChangeNs) {}
