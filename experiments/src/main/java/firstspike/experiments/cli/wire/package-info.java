/**
 * {@code firstspike wire}: what travels between host and FPGA.
 */
package firstspike.experiments.cli.wire;
