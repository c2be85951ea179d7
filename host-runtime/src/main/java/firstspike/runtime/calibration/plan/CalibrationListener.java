package firstspike.runtime.calibration.plan;

import firstspike.runtime.calibration.result.StepRecord;
import firstspike.runtime.measurement.BenchTotals;

/** Hears how a calibration goes on, on its thread. */
public interface CalibrationListener {

    /** Hears nothing. */
    CalibrationListener NONE = new CalibrationListener() {};

    /**
     * A step begins.
     *
     * @param name of the step
     * @param number from 1
     * @param of steps in all
     */
    default void begins(String name, int number, int of) {}

    /**
     * A step has ended.
     *
     * @param step what it took
     * @param totals programs and chip time since the calibration began
     */
    default void ended(StepRecord step, BenchTotals totals) {}
}
