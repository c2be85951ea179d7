package firstspike.experiments.cli.calibrate;

import static firstspike.driver.error.UnsupportedOnTargetException.Code.UNSUPPORTED_ON_TARGET;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.UnknownTargetException;
import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.link.ChipDescription;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.run.ChosenCalibrations;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.store.CalibrationStore;
import firstspike.runtime.session.ChipSession;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Target;
import firstspike.runtime.target.Targets;
import java.util.List;
import java.util.stream.Collectors;

/** The chip that a command measures on, and the store of its calibrations. */
final class ChosenChip implements AutoCloseable {

    private final StoreOptions options;
    private final Environment environment;
    private final ChipTarget target;
    private final int index;

    private ChosenChip(StoreOptions options, Environment environment, ChipTarget target) {
        this.options = options;
        this.environment = environment;
        this.target = target;
        index = index(options, target.chips());
    }

    /**
     * Reaches the target that the options, or else the environment, name.
     *
     * @throws UnknownTargetException where neither names one
     * @throws UnsupportedOnTargetException for a target without a chip
     * @throws UsageException when it has several chips and none of them is named
     */
    static ChosenChip of(StoreOptions options, Environment environment) {
        String address = options.target
                .target()
                .or(() -> environment.variable("FIRSTSPIKE_TARGET"))
                .orElseThrow(
                        () -> new UnknownTargetException(
                                "target: none named (limit: one chip); say which by --target: emu:varied?seed=7, grpc://host:port"));
        Target target = Targets.installed().resolve(address, options.target.link());
        try {
            return new ChosenChip(options, environment, chips(target));
        } catch (RuntimeException e) {
            target.close();
            throw e;
        }
    }

    ChipDescription description() {
        return target.chips().get(index);
    }

    CalibrationStore store() {
        return options.store(environment);
    }

    /**
     * A calibration that may be used here.
     *
     * @param id its id; {@code current}: the one in use on this chip
     */
    CalibrationResult stored(String id, Console console) {
        CalibrationResult stored = options.find(id, description()::chipId, environment);
        ChosenCalibrations.requireSameChip(stored, description(), options.target.forceChip)
                .ifPresent(console::warn);
        return stored;
    }

    /** A session whose programs are repeated once when its link broke. */
    ChipSession session() {
        return ChipSession.open(target.opener(index), 0, 1);
    }

    @Override
    public void close() {
        target.close();
    }

    private static ChipTarget chips(Target target) {
        if (target instanceof ChipTarget chips) {
            return chips;
        }
        throw new UnsupportedOnTargetException(
                UNSUPPORTED_ON_TARGET,
                ErrorDetail.of("calibration", target.uri() + " has no chip", "a chip", "name a target with a chip"),
                null);
    }

    private static int index(StoreOptions options, List<ChipDescription> chips) {
        for (int i = 0; i < chips.size(); i++) {
            if (options.chip == null
                    ? chips.size() == 1
                    : chips.get(i).chipId().value().equals(options.chip)) {
                return i;
            }
        }
        throw new UsageException("--chip: " + (options.chip == null ? "not given" : options.chip) + " (known: "
                + chips.stream().map(chip -> chip.chipId().value()).collect(Collectors.joining(", "))
                + "); name one of them");
    }
}
