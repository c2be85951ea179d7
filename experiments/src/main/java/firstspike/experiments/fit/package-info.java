/**
 * Makes a chip model for the emulator from what a calibration measured of a chip (formats.md 6.1): start with
 * {@link firstspike.experiments.fit.ChipModelFit}.
 */
package firstspike.experiments.fit;
