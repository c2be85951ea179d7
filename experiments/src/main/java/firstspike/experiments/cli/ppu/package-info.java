/**
 * {@code firstspike ppu}: programs of the plasticity processors, run, shown and disassembled.
 */
package firstspike.experiments.cli.ppu;
