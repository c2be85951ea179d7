/**
 * A page on loopback that shows runs while they go on and after they ended, and targets with their state (journeys.md U24).
 * Start with {@link firstspike.experiments.dashboard.DashboardServer}. It only reads: one method, fixed paths, runs by the names
 * of their folders; what strangers' pages ask in a reader's browser is refused. Threads: a few of the server, one that looks.
 */
package firstspike.experiments.dashboard;
