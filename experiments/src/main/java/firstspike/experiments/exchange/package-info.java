/**
 * Runs in the formats of other programs, and networks of theirs as experiments:
 * {@link firstspike.experiments.exchange.NetworkExport} writes, {@link firstspike.experiments.exchange.ImportedExperiment}
 * makes an experiment file with weights of what {@code nir}, {@code npz} or fastAndDeep hold.
 *
 * <p>Nothing that a file says decides where an experiment runs or which files it reads. One owner thread. Facts:
 * {@code formats.md} sections 4.1, 8, 9 and 13.
 */
package firstspike.experiments.exchange;
