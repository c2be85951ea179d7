/**
 * Event files that TensorBoard reads, written only: {@link firstspike.runtime.exchange.tensorboard.EventFile} appends records
 * that {@link firstspike.runtime.exchange.tensorboard.EventRecords} makes.
 *
 * <p>A file is named without machine or process, which do not belong into a result. One owner thread. Facts:
 * {@code formats.md} sections 2.2, 10 and 14.
 */
package firstspike.runtime.exchange.tensorboard;
