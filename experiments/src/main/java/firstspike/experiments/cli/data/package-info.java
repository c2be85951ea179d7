/**
 * {@code firstspike data}: data sets that are there, and those that are missing.
 */
package firstspike.experiments.cli.data;
