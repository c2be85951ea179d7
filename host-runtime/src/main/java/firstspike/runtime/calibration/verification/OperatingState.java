package firstspike.runtime.calibration.verification;

import firstspike.runtime.calibration.procedure.BaseState;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.CodeField;
import firstspike.runtime.session.ChipConfiguration;

/** A calibrated chip as it is measured: the codes of a result over the base state with its test synapses. */
public final class OperatingState {

    private OperatingState() {}

    /**
     * @param result of a calibration
     * @return every word
     */
    public static ChipConfiguration of(CalibrationResult result) {
        ChipConfiguration base = BaseState.of(result.targets());
        ChipConfiguration.Builder chip = base.change();
        for (CodeField field : CodeField.values()) {
            // a field that a result does not set is at its register's default, whatever the base state has there
            if (!result.codes().sets(field)) {
                byDefault(chip, base, field);
                base = chip.build();
                chip = base.change();
            }
        }
        return result.codes().onto(base);
    }

    private static void byDefault(ChipConfiguration.Builder chip, ChipConfiguration base, CodeField field) {
        long value = field.container().layout().defaults().value(field.label());
        for (int i = 0; i < field.instances(); i++) {
            int coordinate = field.coordinate(i);
            chip.set(
                    field.container(),
                    coordinate,
                    base.values(field.container(), coordinate).with(field.label(), value));
        }
    }
}
