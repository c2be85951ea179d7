/**
 * Sweeps: one experiment run again and again with some keys changed, each run an ordinary run folder, with a table and a
 * figure over all of them (formats.md 7, end). A {@link firstspike.experiments.sweep.SweepPlan} says what is to be run,
 * {@link firstspike.experiments.sweep.Sweep} runs it; what was computed once is not computed again. Points run on threads of
 * their own, the rest on the caller's.
 */
package firstspike.experiments.sweep;
