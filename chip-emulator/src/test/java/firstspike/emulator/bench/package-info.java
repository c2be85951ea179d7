/**
 * Benchmarks of the emulator's hot loops, run by hand: {@code java -cp … firstspike.emulator.bench.MembraneBenchmark}.
 * They print times and a digest of what was computed; no test depends on them.
 */
package firstspike.emulator.bench;
