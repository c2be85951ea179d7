package firstspike.runtime.training;

import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.execution.NetworkExecutor;
import firstspike.runtime.learning.MeasuredNeurons;
import firstspike.runtime.learning.Shards;
import firstspike.runtime.network.Network;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Collects what a trainer works with and reports to. Mutable, one owner thread. */
public final class TrainerBuilder {
    final Network network;
    final TrainingPlan plan;
    final NetworkExecutor executor;
    final Shards shards;
    RunIdentity identity = new RunIdentity("", "", "", "");
    SampleSet train;
    SampleSet validation;
    CheckpointFolder checkpoints;
    TrainingListener listener = TrainingListener.NONE;
    BooleanSupplier cancelled = () -> false;
    LongSupplier nanoTime = System::nanoTime;
    double[][] weights;
    List<MeasuredNeurons> measured = List.of();
    EpochHook hook = EpochHook.NONE;

    TrainerBuilder(Network network, TrainingPlan plan, NetworkExecutor executor, Shards shards) {
        this.network = network;
        this.plan = plan;
        this.executor = executor;
        this.shards = shards;
    }

    /**
     * The data.
     *
     * @param trainingSet samples to learn from
     * @param validationSet samples to judge by
     * @return this
     */
    public TrainerBuilder data(SampleSet trainingSet, SampleSet validationSet) {
        train = trainingSet;
        validation = validationSet;
        return this;
    }

    /**
     * Where checkpoints go; without, none are written.
     *
     * @param folder folder of the run
     * @param run what they say about the run
     * @return this
     */
    public TrainerBuilder checkpoints(CheckpointFolder folder, RunIdentity run) {
        checkpoints = folder;
        identity = run;
        return this;
    }

    /**
     * Who hears of progress; nobody by default.
     *
     * @param progress listener
     * @return this
     */
    public TrainerBuilder listener(TrainingListener progress) {
        listener = progress;
        return this;
    }

    /**
     * Asked after every batch; true ends the training with a checkpoint. Never by default.
     *
     * @param flag may be set by another thread
     * @return this
     */
    public TrainerBuilder cancelled(BooleanSupplier flag) {
        cancelled = flag;
        return this;
    }

    /**
     * The clock of times and of {@code stop_after}; {@link System#nanoTime} by default.
     *
     * @param clock nanoseconds
     * @return this
     */
    public TrainerBuilder nanoTime(LongSupplier clock) {
        nanoTime = clock;
        return this;
    }

    /**
     * Initial weights instead of drawn ones.
     *
     * @param initial per layer (presynaptic, postsynaptic), clipped to what the executor can hold
     * @return this
     */
    public TrainerBuilder weights(double[][] initial) {
        weights = initial;
        return this;
    }

    /**
     * What a calibration knows of each neuron; nothing by default.
     *
     * @param neurons a layer
     * @return this
     */
    public TrainerBuilder measured(List<MeasuredNeurons> neurons) {
        measured = List.copyOf(neurons);
        return this;
    }

    /**
     * What belongs between epochs; nothing by default.
     *
     * @param between called after every epoch
     * @return this
     */
    public TrainerBuilder hook(EpochHook between) {
        hook = between;
        return this;
    }

    /**
     * A trainer before its first batch.
     *
     * @return the trainer
     * @throws ExperimentException if the rule does not fit the network
     * @throws CalibrationException for implicit-measured without measured neurons
     * @throws IllegalArgumentException if plan, network and data do not go together
     */
    public Trainer build() {
        return new Trainer(this);
    }
}
