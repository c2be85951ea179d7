/**
 * The plasticity processors of the chip (ppu.md): a 32-bit scalar core with a vector unit of 128 lanes, their cycles and
 * what they see of the chip. Start with {@link firstspike.emulator.ppu.Processor}; everything outside a processor is
 * behind {@link firstspike.emulator.ppu.ProcessorBus}. Objects are mutable and owned by the thread of their chip.
 */
package firstspike.emulator.ppu;
