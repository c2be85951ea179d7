package firstspike.experiments.run;

import firstspike.experiments.config.Recording;
import firstspike.runtime.mapping.ChipMapping;
import firstspike.runtime.recording.tap.RecordingOptions;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * That the links of a target are recorded.
 *
 * @param options what is kept
 * @param check looks at the mapping before a link is opened
 */
record RecordingPlan(RecordingOptions options, Consumer<ChipMapping> check) {

    /** What an experiment wants of its training; empty when nothing. */
    static Optional<RecordingPlan> of(Recording recording) {
        return recording.any()
                ? Optional.of(new RecordingPlan(
                        RecordingOptions.spikes().withSetUps(recording.setup()).withFpgaTime(recording.fpgaTime()),
                        mapping -> {}))
                : Optional.empty();
    }
}
