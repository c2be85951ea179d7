package firstspike.experiments.run;

import firstspike.driver.link.LinkOptions;
import firstspike.experiments.config.Experiment;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.mapping.ChipCalibration;
import firstspike.runtime.mapping.ChipMapping;
import firstspike.runtime.mapping.CircuitGrades;
import firstspike.runtime.mapping.Mapper;
import firstspike.runtime.mapping.RowCopies;
import firstspike.runtime.network.ChipSettings;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Target;
import firstspike.runtime.target.Targets;
import firstspike.runtime.training.Checkpoint;
import java.util.Optional;

/** Puts the network of an experiment onto the chip of its target, writing nothing. */
public final class Mappings {

    private Mappings() {}

    /**
     * @param experiment network and chip settings
     * @param options of links
     * @param choice which calibrations may be used
     * @return the mapping; empty on {@code ideal:}
     */
    public static Optional<ChipMapping> of(Experiment experiment, LinkOptions options, CalibrationChoice choice) {
        try (Target target = Targets.installed().resolve(experiment.target(), options)) {
            return switch (target.kind()) {
                case IDEAL -> Optional.empty();
                case CHIP ->
                    Optional.of(map(
                            experiment,
                            (ChipTarget) target,
                            ChosenCalibrations.of(experiment, ((ChipTarget) target).chips(), choice, Optional.empty()),
                            rows(experiment, drawn(experiment))));
            };
        }
    }

    /** Onto the codes of the calibrations; without any onto nominal ones, which whoever chose none has allowed. */
    static ChipMapping map(
            Experiment experiment, ChipTarget target, ChosenCalibrations calibrations, RowCopies copies) {
        if (!calibrations.isEmpty()) {
            return Mapper.map(
                    experiment.network(),
                    settings(experiment),
                    copies,
                    calibrations.results().stream().map(ChipCalibration::of).toList());
        }
        return Mapper.map(
                experiment.network(),
                settings(experiment),
                target.chips().get(0),
                true,
                copies,
                CircuitGrades.allGood());
    }

    /** The weights that a training begins with when it is given none. */
    static double[][] drawn(Experiment experiment) {
        return experiment.training().initialWeights(experiment.network());
    }

    /** Row copies for weights, which decide what {@code auto} means. */
    static RowCopies rows(Experiment experiment, double[][] weights) {
        return RowCopies.forWeights(experiment.network(), settings(experiment), weights);
    }

    /** Row copies of a run that goes on, or is judged: those that it has had since it came onto a chip. */
    static RowCopies rows(Experiment experiment, Checkpoint checkpoint) {
        boolean onChip = checkpoint.chipWeights() != null;
        if (onChip && checkpoint.rows().isEmpty()) {
            throw new FormatException(
                    FormatException.Code.UNSUPPORTED_VERSION,
                    "checkpoint of epoch " + checkpoint.meta().epoch(),
                    "does not say how many row pairs each weight row had on its chip",
                    "one that says so",
                    "begin a new run with its weights: train --from RUN");
        }
        return !onChip
                ? rows(experiment, checkpoint.weights())
                : RowCopies.kept(experiment.network(), settings(experiment), checkpoint.rows());
    }

    static ChipSettings settings(Experiment experiment) {
        return experiment.chip().orElseGet(ChipSettings::forNetworksWithout);
    }
}
