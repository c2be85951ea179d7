/**
 * Measurements of speed that anybody can repeat: trainings without a run folder, with a digest of the weights beside each
 * time. Start with {@link firstspike.experiments.bench.Benchmarks}. Times are the machine's; digests must not change.
 */
package firstspike.experiments.bench;
