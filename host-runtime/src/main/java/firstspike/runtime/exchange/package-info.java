/**
 * Array files that NumPy reads and writes: {@link firstspike.runtime.exchange.NpyArray} with its codec, and archives of them
 * ({@link firstspike.runtime.exchange.NpzFile} to read, {@link firstspike.runtime.exchange.NpzBuilder} to write).
 *
 * <p>Everything read is hostile: sizes are checked before memory is taken, nothing is evaluated, nothing is unpacked to disk.
 * Values are immutable by convention (arrays are handed over, not copied); an open archive belongs to one thread. Facts:
 * {@code formats.md} sections 1 and 5.
 */
package firstspike.runtime.exchange;
