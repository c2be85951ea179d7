/**
 * The spike log (formats.md 2): spikes, samples, marks, set-ups and counters of a run in one append-only file that survives a
 * crash. Write with {@link firstspike.runtime.recording.log.SpikeLogWriter}, read with
 * {@link firstspike.runtime.recording.log.SpikeLog}, mend with {@link firstspike.runtime.recording.log.LogRecovery}. A writer
 * has one calling thread and one of its own; a reader belongs to one thread and may read what is being written.
 */
package firstspike.runtime.recording.log;
