/**
 * What the commands of {@code firstspike log} show of a spike log: rows, statistics, differences, arrays, and the object of
 * {@code --json}. Start with {@link firstspike.experiments.spikelog.SpikeRows}. Reads only; values belong to one thread.
 */
package firstspike.experiments.spikelog;
