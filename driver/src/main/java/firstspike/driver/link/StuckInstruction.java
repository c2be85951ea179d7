package firstspike.driver.link;

/**
 * What a time-out notification says (wire.md 5); nothing of it is checked, for it tells of a program that went wrong.
 *
 * @param index of the instruction, counted from 0
 * @param traceStall stalls of the trace, 0 to 127
 * @param omnibusReads reads in flight, 0 to 63
 * @param fpgaTime ticks
 */
public record StuckInstruction(long index, int traceStall, int omnibusReads, long fpgaTime) {}
