/**
 * Time of the emulated chip: rings for what happens a constant number of ticks later. The loop that reads them, and
 * jumps over empty half-ticks, is {@code firstspike.emulator.digital.DigitalChip}. Start with
 * {@link firstspike.emulator.clock.DelayRing}. One owner thread. Source: {@code spec/playback.md} 4.9, 12.
 */
package firstspike.emulator.clock;
