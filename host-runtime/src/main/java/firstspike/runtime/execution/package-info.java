/**
 * The seam above the chip: a {@link firstspike.runtime.execution.NetworkExecutor} runs one network on batches of input
 * spike times and returns first spike times, be it by exact arithmetic or on a chip. Trainer, evaluation and studies know
 * only this interface. An executor belongs to one thread.
 */
package firstspike.runtime.execution;
