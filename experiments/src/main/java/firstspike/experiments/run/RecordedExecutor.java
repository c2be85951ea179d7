package firstspike.experiments.run;

import firstspike.runtime.execution.ChipExecutor;
import firstspike.runtime.execution.ExecutorTraits;
import firstspike.runtime.execution.FirstSpikes;
import firstspike.runtime.execution.InputSpikes;
import firstspike.runtime.execution.LayerWeights;
import firstspike.runtime.execution.NetworkExecutor;
import firstspike.runtime.execution.RunIntent;
import firstspike.runtime.execution.WeightsInForce;
import firstspike.runtime.mapping.BatchTiming;
import firstspike.runtime.network.AfterSpike;
import firstspike.runtime.recording.log.Mark;
import firstspike.runtime.recording.tap.ProgramLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells the logs of the chips which samples a batch has, and whether they teach. */
final class RecordedExecutor implements NetworkExecutor {

    private final ChipExecutor executor;
    private final List<ProgramLog> logs;
    private RunIntent intentBefore;

    /**
     * @param executor stays open
     * @param logs one a chip
     */
    RecordedExecutor(ChipExecutor executor, List<ProgramLog> logs) {
        this.executor = executor;
        this.logs = logs;
    }

    @Override
    public Optional<AfterSpike> afterSpike() {
        return executor.afterSpike();
    }

    @Override
    public ExecutorTraits traits() {
        return executor.traits();
    }

    @Override
    public WeightsInForce load(LayerWeights shadow) {
        return executor.load(shadow);
    }

    @Override
    public FirstSpikes run(InputSpikes batch, RunIntent intent) {
        BatchTiming timing = executor.mapping().timing();
        for (int chip = 0; chip < logs.size(); chip++) {
            List<ProgramLog.Window> windows = new ArrayList<>();
            for (int sample = chip, place = 0; sample < batch.samples(); sample += logs.size(), place++) {
                long number = batch.number().length == 0 ? sample : batch.number()[sample];
                windows.add(new ProgramLog.Window(timing.offsetTicks() + place * timing.windowTicks(), number));
            }
            if (intent != intentBefore) {
                logs.get(chip).mark(Mark.Kind.NOTE, 0, intent == RunIntent.TRAIN ? "training" : "evaluation");
            }
            logs.get(chip).expect(windows);
        }
        intentBefore = intent;
        return executor.run(batch, intent);
    }

    @Override
    public void close() {
        // the executor is closed by whoever opened it
    }
}
