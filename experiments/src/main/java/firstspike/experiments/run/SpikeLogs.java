package firstspike.experiments.run;

import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.WallClock;
import firstspike.experiments.config.Experiment;
import firstspike.runtime.mapping.ChipMapping;
import firstspike.runtime.recording.log.LabelEntry;
import firstspike.runtime.recording.log.LogHeader;
import firstspike.runtime.recording.log.LogRecovery;
import firstspike.runtime.recording.log.LogSettings;
import firstspike.runtime.recording.log.SpikeDirection;
import firstspike.runtime.recording.log.SpikeLogWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The spike logs of a run: {@code spikes.fslog} for the first chip, {@code spikes-1.fslog} for the second, and so on. */
final class SpikeLogs {

    private static final String NAME = "spikes";
    private static final String ENDING = ".fslog";

    private SpikeLogs() {}

    /** What a log says of a chip and of what runs on it. */
    static LogHeader header(
            Experiment experiment,
            ChipMapping mapping,
            ChipDescription chip,
            String target,
            String runId,
            String calibration,
            String version) {
        List<LabelEntry> labels = mapping.labelOwners().stream()
                .map(owner -> new LabelEntry(
                        owner.toChip() ? SpikeDirection.TO_CHIP : SpikeDirection.FROM_CHIP,
                        owner.label(),
                        owner.population(),
                        owner.neuron()))
                .toList();
        return new LogHeader(
                runId,
                target,
                chip.fidelity(),
                chip.chipId().value(),
                calibration,
                experiment.sha256(),
                chip.tickPicoseconds(),
                System.currentTimeMillis(),
                "firstspike " + version,
                labels);
    }

    /** Makes the log of a chip in a run folder, or goes on with the one that is there. */
    static SpikeLogWriter inFolder(Path folder, int chip, LogHeader header) {
        Path file = folder.resolve(chip == 0 ? NAME + ENDING : NAME + "-" + chip + ENDING);
        if (Files.exists(file)) {
            // what a killed process left at the end is cut, and kept beside it
            LogRecovery.recover(file, false, WallClock.system());
            return SpikeLogWriter.append(file, header, LogSettings.defaults(), false);
        }
        return SpikeLogWriter.create(file, header, LogSettings.defaults());
    }
}
