/**
 * The standard initialisation of FPGA, board and chip as a list of neutral steps. Start with
 * {@link firstspike.driver.initialisation.Initialisation}; {@link firstspike.driver.initialisation.InitStep} is the
 * sealed family of steps that a program builder turns into instructions. Everything is immutable. Source: registers.md
 * section 17.
 */
package firstspike.driver.initialisation;
