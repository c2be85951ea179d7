package firstspike.experiments.run;

import firstspike.driver.link.LinkOptions;
import firstspike.experiments.config.Experiment;
import firstspike.runtime.mapping.ChipMapping;
import firstspike.runtime.mapping.CircuitGrades;
import firstspike.runtime.mapping.Mapper;
import firstspike.runtime.network.ChipSettings;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Target;
import firstspike.runtime.target.Targets;
import java.util.Optional;

/** Puts the network of an experiment onto the chip of its target, writing nothing. */
public final class Mappings {

    private Mappings() {}

    /**
     * @param experiment network and chip settings
     * @param options of links
     * @param allowUncalibrated nominal codes where a calibration is missing
     * @return the mapping; empty on {@code ideal:}
     */
    public static Optional<ChipMapping> of(Experiment experiment, LinkOptions options, boolean allowUncalibrated) {
        try (Target target = Targets.installed().resolve(experiment.target(), options)) {
            return switch (target.kind()) {
                case IDEAL -> Optional.empty();
                case CHIP -> Optional.of(map(experiment, (ChipTarget) target, allowUncalibrated, drawn(experiment)));
            };
        }
    }

    /** @param weights which decide how many row copies {@code auto} means */
    static ChipMapping map(Experiment experiment, ChipTarget target, boolean allowUncalibrated, double[][] weights) {
        return Mapper.map(
                experiment.network(),
                settings(experiment),
                target.chips().get(0),
                allowUncalibrated,
                Optional.of(weights),
                CircuitGrades.allGood());
    }

    /** The weights that a training begins with when it is given none. */
    static double[][] drawn(Experiment experiment) {
        return experiment.training().initialWeights(experiment.network());
    }

    static ChipSettings settings(Experiment experiment) {
        return experiment.chip().orElseGet(ChipSettings::forNetworksWithout);
    }
}
