/**
 * {@code firstspike log}: what spike logs hold, and how they differ.
 */
package firstspike.experiments.cli.log;
