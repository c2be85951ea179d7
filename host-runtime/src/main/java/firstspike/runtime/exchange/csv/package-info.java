/**
 * Tables as text: {@link firstspike.runtime.exchange.csv.CsvLines} reads and {@link firstspike.runtime.exchange.csv.CsvRow}
 * writes RFC 4180, {@link firstspike.runtime.exchange.csv.SpikeCsv} the table of spikes that both directions share, its
 * rows as a {@link firstspike.runtime.exchange.csv.SpikeTable}.
 *
 * <p>Lines and columns are bounded while they are read; no cell that is written is a formula to a spreadsheet. Values belong
 * to one thread. Facts: {@code formats.md} sections 1 and 11.
 */
package firstspike.runtime.exchange.csv;
