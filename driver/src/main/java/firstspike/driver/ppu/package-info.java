/**
 * Programs of the plasticity processors as a host sees them (ppu.md 1): {@link firstspike.driver.ppu.PpuImage} is what a
 * compiler made, {@link firstspike.driver.ppu.PpuSession} loads and runs it with ordinary playback programs. Images are
 * immutable; a session belongs to the thread of its link.
 */
package firstspike.driver.ppu;
