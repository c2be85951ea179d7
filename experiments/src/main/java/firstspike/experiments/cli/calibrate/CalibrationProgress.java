package firstspike.experiments.cli.calibrate;

import firstspike.experiments.cli.common.Console;
import firstspike.runtime.calibration.plan.CalibrationListener;
import firstspike.runtime.calibration.result.StepRecord;
import firstspike.runtime.measurement.BenchTotals;

/** Says what a calibration is doing. */
record CalibrationProgress(Console console) implements CalibrationListener {

    @Override
    public void begins(String name, int number, int of) {
        console.fleeting("step " + number + "/" + of + " " + name);
    }

    @Override
    public void ended(StepRecord step, BenchTotals totals) {
        console.progress(CalibrationLines.text(
                "%-30s %2d measurements, %3d settled, %5.1f s; in all %d programs, %.1f s of chip time",
                step.name(),
                step.iterations(),
                step.settled(),
                step.durationS(),
                totals.programs(),
                totals.chipSeconds()));
    }
}
