package firstspike.runtime.mapping;

import static firstspike.runtime.error.CalibrationException.Code.CALIBRATION_MISSING;

import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.mapping.CircuitGrades.Grade;
import firstspike.runtime.network.ChipSettings;
import firstspike.runtime.network.NeuronModel;
import firstspike.runtime.session.ChipConfiguration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Where the analog codes of a mapping come from: the laws of a nominal chip, or a calibration of each chip (inloop.md 13.5).
 */
abstract class CodePlan {

    private CodePlan() {}

    /** Codes of a nominal chip, on circuits of which nothing or something is known. */
    static CodePlan nominal(NeuronModel neuron, ChipSettings settings, CircuitGrades grades) {
        return new Nominal(neuron, settings, grades);
    }

    /** Codes of calibrations, one a chip in the order of the target; a batch is shared, so weights mean the same on all. */
    static CodePlan calibrated(NeuronModel neuron, ChipSettings settings, List<ChipCalibration> chips) {
        return new Calibrated(neuron, settings, chips);
    }

    /** What a neuron of so many circuits is. */
    abstract LayerLaw law(int circuits);

    /** Grades of the circuits: the worst that one has on any chip. */
    abstract CircuitGrades grades();

    /** All registers, one set for all chips, or one a chip. */
    abstract List<ChipConfiguration> configurations(Placement placement, List<LayerLaw> laws);

    /** Measured delay of the first layer. */
    abstract OptionalLong timeOffsetTicks();

    private static final class Nominal extends CodePlan {

        private final NeuronModel neuron;
        private final ChipSettings settings;
        private final CircuitGrades grades;

        Nominal(NeuronModel neuron, ChipSettings settings, CircuitGrades grades) {
            this.neuron = neuron;
            this.settings = settings;
            this.grades = grades;
        }

        @Override
        LayerLaw law(int circuits) {
            return LayerLaw.nominal(NominalCodes.of(neuron, settings, circuits), circuits);
        }

        @Override
        CircuitGrades grades() {
            return grades;
        }

        @Override
        List<ChipConfiguration> configurations(Placement placement, List<LayerLaw> laws) {
            return List.of(NetworkConfiguration.of(
                    placement,
                    ShortRefractory.of(
                            new NominalCells(laws.stream()
                                    .map(law -> law.nominal().orElseThrow())
                                    .toList()),
                            neuron,
                            settings.tauUs())));
        }

        @Override
        OptionalLong timeOffsetTicks() {
            return OptionalLong.empty();
        }
    }

    private static final class Calibrated extends CodePlan {

        private final NeuronModel neuron;
        private final ChipSettings settings;
        private final List<ChipCalibration> chips;
        private final ChipCalibration common;

        Calibrated(NeuronModel neuron, ChipSettings settings, List<ChipCalibration> chips) {
            this.neuron = neuron;
            this.settings = settings;
            this.chips = List.copyOf(chips);
            common = chips.size() == 1 ? chips.get(0) : common(chips);
        }

        private static ChipCalibration common(List<ChipCalibration> chips) {
            if (chips.stream().mapToInt(ChipCalibration::circuits).distinct().count() > 1) {
                throw new CalibrationException(
                        CALIBRATION_MISSING,
                        "calibrations of " + chips.size() + " chips that share a network",
                        "measured with 1 or 2 circuits a neuron",
                        "the same number on all chips",
                        "calibrate them alike, with or without --merged 2");
            }
            Map<Integer, Grade> worst = new HashMap<>();
            for (ChipCalibration chip : chips) {
                for (Grade grade : new Grade[] {Grade.AVOIDED, Grade.EXCLUDED}) {
                    for (int circuit : chip.grades().circuits(grade)) {
                        worst.merge(circuit, grade, (a, b) -> a.compareTo(b) >= 0 ? a : b);
                    }
                }
            }
            boolean allMeasured =
                    chips.stream().allMatch(chip -> chip.timeOffsetTicks().isPresent());
            return new ChipCalibration(
                    chips.get(0).codes(),
                    CircuitGrades.of(worst),
                    chips.stream()
                            .mapToDouble(ChipCalibration::normalisedThreshold)
                            .average()
                            .orElseThrow(),
                    chips.stream()
                            .mapToDouble(ChipCalibration::tauMemUs)
                            .average()
                            .orElseThrow(),
                    chips.stream()
                            .mapToDouble(ChipCalibration::tauSynUs)
                            .average()
                            .orElseThrow(),
                    allMeasured
                            ? OptionalLong.of(Math.round(chips.stream()
                                    .mapToLong(chip -> chip.timeOffsetTicks().getAsLong())
                                    .average()
                                    .orElseThrow()))
                            : OptionalLong.empty(),
                    chips.get(0).circuits());
        }

        @Override
        LayerLaw law(int circuits) {
            return LayerLaw.calibrated(common, neuron, circuits);
        }

        @Override
        CircuitGrades grades() {
            return common.grades();
        }

        @Override
        List<ChipConfiguration> configurations(Placement placement, List<LayerLaw> laws) {
            return chips.stream()
                    .map(chip -> NetworkConfiguration.of(
                            placement, ShortRefractory.of(new CalibratedCells(chip.codes()), neuron, settings.tauUs())))
                    .toList();
        }

        @Override
        OptionalLong timeOffsetTicks() {
            return common.timeOffsetTicks();
        }
    }
}
