/**
 * The command line {@code firstspike} (journeys.md 1): one class a command, results on standard output, all else on standard
 * error, exit codes from one table. Start with {@link firstspike.experiments.cli.Main}; tests drive its {@code run} in
 * process.
 */
package firstspike.experiments.cli;
