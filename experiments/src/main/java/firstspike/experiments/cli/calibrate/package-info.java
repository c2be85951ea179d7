/**
 * {@code firstspike calibrate}: calibrations of a chip, made, kept, compared, activated and checked.
 */
package firstspike.experiments.cli.calibrate;
