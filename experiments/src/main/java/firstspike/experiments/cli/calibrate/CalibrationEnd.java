package firstspike.experiments.cli.calibrate;

import static firstspike.runtime.error.CalibrationException.Code.CALIBRATION_FAILED;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.report.CalibrationReport;
import firstspike.runtime.calibration.plan.CalibrationRun;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.CalibrationStatus;
import firstspike.runtime.calibration.store.Attachment;
import firstspike.runtime.calibration.store.CalibrationStore;
import firstspike.runtime.calibration.store.TraceFile;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.error.HealthFalsifiedException;
import java.util.ArrayList;
import java.util.List;

/** What becomes of a calibration that has ended: kept, activated where it is fit and wanted, told. */
final class CalibrationEnd {

    private CalibrationEnd() {}

    /**
     * Stores what was found.
     *
     * @return the result of a run that came to its end
     * @throws RuntimeException what ended it early, a chip or calibration error, after its finished steps were stored
     */
    static CalibrationResult keep(CalibrationRun run, CalibrationStore store, Console console) {
        CalibrationResult result = run.result();
        List<Attachment> beside = new ArrayList<>(new CalibrationReport(result, run.evidence()).attachments());
        if (!run.evidence().kept().isEmpty()) {
            beside.add(TraceFile.of(run.evidence().kept()));
        }
        boolean fresh = store.put(result, beside);
        console.message((fresh ? "stored as " : "is there already: ")
                + store.folder(result.chip().chipId(), result.id()));
        if (run.end().isPresent()) {
            RuntimeException end = run.end().get();
            console.message("finished steps are kept as rejected calibration " + result.id());
            throw end;
        }
        return result;
    }

    /**
     * Activates and tells.
     *
     * @return exit code of a result that is fit
     * @throws HealthFalsifiedException where events were lost
     * @throws CalibrationException where a share of neurons is missed and that was not allowed
     */
    static int of(
            CalibrationResult result,
            boolean activate,
            boolean allowPartial,
            StoreOptions options,
            Environment environment,
            Console console) {
        boolean fit = result.status() == CalibrationStatus.COMPLETE
                || allowPartial && result.status() == CalibrationStatus.PARTIAL;
        boolean activated = activate && fit;
        if (activated) {
            options.store(environment)
                    .activate(result.chip().chipId(), result.id(), allowPartial, options.needed(environment));
        }
        console.object(CalibrationLines.json(result, activated));
        CalibrationLines.of(result, activated).forEach(console::line);
        if (result.status() == CalibrationStatus.REJECTED) {
            throw new HealthFalsifiedException(
                    HealthFalsifiedException.Code.HEALTH_FALSIFIED,
                    "calibration " + result.id(),
                    result.warnings().stream()
                            .filter(warning -> warning.startsWith("falsified"))
                            .findFirst()
                            .orElse("rejected"),
                    "no lost events",
                    "find the cause of the losses and calibrate anew");
        }
        if (!fit) {
            throw new CalibrationException(
                    CALIBRATION_FAILED,
                    "calibration " + result.id(),
                    result.verified().map(verified -> verified.worst()).orElse("not verified"),
                    "the share of neurons that every quantity needs",
                    "see what is wrong with 'firstspike calibrate show " + result.id()
                            + "'; --allow-partial takes it all the same");
        }
        return Action.DONE;
    }
}
