/**
 * What runs left, read from their folders (formats.md 3): one run, all runs, runs against each other. Start with
 * {@link firstspike.experiments.results.StoredRun}. Nothing is measured here and nothing is written.
 */
package firstspike.experiments.results;
