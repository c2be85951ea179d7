package firstspike.experiments.run;

import static firstspike.driver.error.UnsupportedOnTargetException.Code.UNSUPPORTED_ON_TARGET;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.experiments.config.Experiment;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.recording.log.LogHeader;
import firstspike.runtime.recording.log.SpikeLog;
import firstspike.runtime.recording.replay.LinkedChip;
import firstspike.runtime.recording.replay.LogReplay;
import firstspike.runtime.recording.replay.ReplayChip;
import firstspike.runtime.recording.replay.ReplayRequest;
import firstspike.runtime.recording.replay.ReplayResult;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Target;
import firstspike.runtime.target.Targets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Runs the programs of a log again, on a chip that the log itself configures, or that a network does (U15). */
public final class ReplayRun {

    /** Field of the detail of an error that came from a replay, not from writing to the log. */
    public static final String REPLAY = "replay";

    private final RunSettings settings;

    /** @param settings patience, threads, calibrations */
    public ReplayRun(RunSettings settings) {
        this.settings = settings;
    }

    /**
     * A network that configures the chip.
     *
     * @param resolve makes the experiment with a target
     * @param weights instead of drawn ones
     */
    public record Network(Function<String, Experiment> resolve, Optional<InitialWeights> weights) {}

    /**
     * @param file the log
     * @param uri target that runs it
     * @param request which programs
     * @param salvage whether damage in the middle of the log is passed over
     * @param network of a log without set-ups
     * @return what came
     * @throws FormatException {@code LOG_MISMATCH} when the log is of another network
     */
    public ReplayResult replay(
            Path file, String uri, ReplayRequest request, boolean salvage, Optional<Network> network) {
        try (SpikeLog log = SpikeLog.open(file);
                Target target = Targets.installed().resolve(uri, settings.link())) {
            if (!(target instanceof ChipTarget chips)) {
                throw new UnsupportedOnTargetException(
                        UNSUPPORTED_ON_TARGET,
                        "replay on target " + uri,
                        "no chip",
                        "a chip, real or emulated",
                        "name another target");
            }
            sayOtherChip(log.header(), chips);
            try (ReplayChip chip =
                    network.isEmpty() ? new LinkedChip(chips.opener(0)) : mapped(log, chips, network.get())) {
                return new LogReplay(request, chip, program -> settings.screen()
                                .progress("program " + program + " replayed"))
                        .run(log, salvage);
            }
        }
    }

    private void sayOtherChip(LogHeader header, ChipTarget target) {
        String chip = target.chips().get(0).chipId().value();
        if (!chip.equals(header.chipId())) {
            settings.screen()
                    .warn("the log was recorded on chip " + header.chipId() + ", this is " + chip
                            + ": other spikes are no surprise");
        }
    }

    private MappedChip mapped(SpikeLog log, ChipTarget target, Network network) {
        String recorded = network.resolve().apply(log.header().target()).sha256();
        if (!recorded.equals(log.header().configSha256())) {
            throw new FormatException(
                    FormatException.Code.LOG_MISMATCH,
                    ErrorDetail.of(
                                    "configuration hash of log " + log.file(),
                                    log.header().configSha256(),
                                    recorded + ", that of the network",
                                    "name the network that was recorded, with the same --set")
                            .with(REPLAY, true),
                    null);
        }
        Experiment experiment = network.resolve().apply(target.uri());
        double[][] weights = network.weights()
                .map(from -> from.read(experiment.network(), settings.screen()))
                .orElseGet(() -> Mappings.drawn(experiment));
        return new MappedChip(experiment, settings, target, weights);
    }
}
