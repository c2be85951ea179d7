package firstspike.runtime.calibration.result;

/**
 * One finished step of a calibration.
 *
 * @param name of the step, for example {@code neuron.leak}
 * @param durationS wall time, seconds
 * @param iterations measurements that it took
 * @param settled neurons, or other instances, that it settled
 */
public record StepRecord(String name, double durationS, int iterations, int settled) {}
