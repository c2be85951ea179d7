/**
 * Recordings of analog signals as parts of a program: {@link firstspike.driver.readout.CadcTrace} reads the column
 * converters at a fixed period. Samples of the MADC come as columns of every result. Values are immutable; builders belong
 * to their thread. Facts: playback.md 7, registers.md 11.
 */
package firstspike.driver.readout;
