package firstspike.emulator.digital;

/**
 * What a plasticity processor did since its last start (ppu.md 10).
 *
 * @param cycles up to its next instruction, or to its sleep
 * @param instructions executed
 * @param programCounter address of the next instruction
 * @param illegal words that no unit knows
 * @param wrapped accesses beyond the SRAM, which wrap
 * @param unmapped accesses that reached nothing
 */
public record ProcessorHealth(
        long cycles, long instructions, int programCounter, long illegal, long wrapped, long unmapped) {}
