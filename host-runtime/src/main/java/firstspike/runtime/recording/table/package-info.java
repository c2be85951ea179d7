/**
 * Spike logs as tables that other formats are made of: {@link firstspike.runtime.recording.table.LoggedSpikes}. One owner
 * thread. Facts: {@code formats.md} sections 2 and 9.
 */
package firstspike.runtime.recording.table;
