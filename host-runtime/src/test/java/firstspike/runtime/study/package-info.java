/**
 * A small array model of the chip for choosing training settings: integer weights, the 8 ns grid and, at the level
 * {@code residual}, the spreads and noise that a calibration leaves ({@code inloop.md} section 14.4). Not a test and not the
 * emulator; start with {@link firstspike.runtime.study.YinYangStudy}.
 */
package firstspike.runtime.study;
