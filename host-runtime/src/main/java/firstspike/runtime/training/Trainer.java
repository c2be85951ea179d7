package firstspike.runtime.training;

import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.HealthFalsifiedException;
import firstspike.runtime.error.HostException;
import firstspike.runtime.execution.ExecutorTraits;
import firstspike.runtime.execution.FirstSpikes;
import firstspike.runtime.execution.InputSpikes;
import firstspike.runtime.execution.LayerModels;
import firstspike.runtime.execution.LayerWeights;
import firstspike.runtime.execution.NetworkExecutor;
import firstspike.runtime.execution.RunIntent;
import firstspike.runtime.execution.WeightsInForce;
import firstspike.runtime.learning.BatchGradient;
import firstspike.runtime.learning.LayerLearning;
import firstspike.runtime.learning.LayerModel;
import firstspike.runtime.learning.Learner;
import firstspike.runtime.learning.RandomStream;
import firstspike.runtime.learning.RescueSettings;
import firstspike.runtime.learning.Shards;
import firstspike.runtime.learning.SilentNeuronRescue;
import firstspike.runtime.learning.StepOutcome;
import firstspike.runtime.learning.WeightGrid;
import firstspike.runtime.learning.WeightState;
import firstspike.runtime.learning.eventprop.TrainLearner;
import firstspike.runtime.learning.eventprop.TrainSettings;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Trains one network on one executor ({@code inloop.md} section 10): epochs of batches, validation before the first and after
 * every epoch, checkpoints, and exact resume also in the middle of an epoch. One owner thread; executor and shards stay owned by
 * the caller.
 *
 * <p>A failure of the executor writes a checkpoint of the state before the batch and is thrown on.
 */
public final class Trainer {
    /** Name of the stream that draws initial weights. */
    static final String INIT = "init";

    private static final String SHUFFLE = "shuffle";
    private static final String NOISE = "noise-input";
    private static final double NANOS = 1e9;

    private final Network network;
    private final TrainingPlan plan;
    private final RunIdentity identity;
    private final NetworkExecutor executor;
    private final SampleSet train;
    private final SampleSet validation;
    private final Optional<CheckpointFolder> checkpoints;
    private final TrainingListener listener;
    private final EpochHook hook;
    private final BooleanSupplier cancelled;
    private final LongSupplier nanoTime;

    private final List<LayerModel> models;
    private final List<WeightGrid> grids;
    private final LearningStep step;
    private final WeightState learner;
    private final Evaluator evaluator;
    private final History history = new History();
    private final List<EpochMetrics> lines = new ArrayList<>();
    private final int batches;

    private RandomStream init;
    private RandomStream shuffle;
    private RandomStream noise;
    private int epoch;
    private long batchesBegun;
    private int[] order = new int[0];
    private EpochTotals totals;
    private WeightsInForce inForce;
    private long lapStart;
    /** State of the noise and ordinal of the next program before the batch that is running. */
    private long[] noiseBefore;

    private long programBefore;

    Trainer(TrainerBuilder builder) {
        network = builder.network;
        plan = builder.plan;
        identity = builder.identity;
        executor = builder.executor;
        train = builder.train;
        validation = builder.validation;
        checkpoints = Optional.ofNullable(builder.checkpoints);
        listener = builder.listener;
        hook = builder.hook;
        cancelled = builder.cancelled;
        nanoTime = builder.nanoTime;
        models = LayerModels.of(network, builder.measured);
        PlanCheck.check(network, plan, models, train, validation);
        grids = grids(executor.traits());
        init = RandomStream.of(INIT, plan.batchSeed());
        shuffle = RandomStream.of(SHUFFLE, plan.batchSeed());
        noise = RandomStream.of(NOISE, plan.noiseSeed());
        evaluator = new Evaluator(network, plan);
        batches = plan.batches(train.size());
        totals = EpochTotals.none(models.size());
        step = step(builder);
        learner = step.state();
    }

    /**
     * Begins to build a trainer.
     *
     * @param network network
     * @param plan settings
     * @param executor runs the network, exclusively for this trainer
     * @param shards threads for gradients
     * @return a builder
     */
    public static TrainerBuilder builder(Network network, TrainingPlan plan, NetworkExecutor executor, Shards shards) {
        return new TrainerBuilder(network, plan, executor, shards);
    }

    /**
     * Puts the trainer where a checkpoint was written. The executor must begin with the checkpoint's program ordinal.
     *
     * @param from state of a training of the same network
     * @throws ExperimentException {@code WEIGHTS_DO_NOT_FIT} when shapes differ
     * @throws FormatException when a part is missing
     */
    public void resume(Checkpoint from) {
        CheckpointMeta meta = from.meta();
        PlanCheck.fits(from, models, train.size());
        epoch = meta.epoch();
        batchesBegun = meta.batchesBegun();
        order = from.order().clone();
        totals = meta.totals();
        for (int i = 0; i < models.size(); i++) {
            System.arraycopy(from.weights()[i], 0, learner.weights()[i], 0, from.weights()[i].length);
        }
        learner.optimizer().restore(from.optimizerStep(), from.firstMoments(), from.secondMoments());
        if (learner.rescue() != null) {
            int last = SilentNeuronRescue.NONE;
            double value = 0;
            for (int i = 0; i < from.bump().length; i++) {
                if (from.bump()[i].length > 0 && from.bump()[i][0] != 0) {
                    last = i;
                    value = from.bump()[i][0];
                }
            }
            learner.rescue().restore(last, value);
        }
        init = from.stream(INIT);
        shuffle = from.stream(SHUFFLE);
        noise = from.stream(NOISE);
        history.restore(from.history());
    }

    /**
     * Trains until all epochs are done, the flag asks to stop, or the planned time is over.
     *
     * @return how it ended
     * @throws HealthFalsifiedException when a value is not finite; the step is not applied
     * @throws RuntimeException what the executor throws, after a checkpoint of the state before it
     */
    public TrainingResult run() {
        long start = nanoTime.getAsLong();
        lapStart = start - Math.round(totals.wallSeconds() * NANOS);
        if (history.lines() == 0) {
            lapStart = start;
            validate();
            checkpoint();
        }
        while (epoch < plan.epochs()) {
            if (totals.batches() == 0 && order.length == 0) {
                beginEpoch();
            }
            while (totals.batches() < batches) {
                batch();
                if (cancelled.getAsBoolean()) {
                    return stop(TrainingResult.End.CANCELLED);
                }
                if (plan.stopAfter().isPresent()
                        && nanoTime.getAsLong() - start
                                >= plan.stopAfter().get().toNanos()) {
                    return stop(TrainingResult.End.TIME_OVER);
                }
            }
            validate();
            if (epoch == plan.epochs() || plan.snapshots().contains(epoch)) {
                checkpoint();
            }
        }
        return result(TrainingResult.End.DONE);
    }

    /**
     * The state between two batches.
     *
     * @return everything that an exact resume needs
     */
    public Checkpoint state() {
        return state(noise.state(), executor.traits().nextProgram());
    }

    /** Loads the present weights into the executor, for an evaluation after training. */
    public void loadWeights() {
        inForce = executor.load(new LayerWeights(learner.weights()));
    }

    private void beginEpoch() {
        order = new int[train.size()];
        Arrays.setAll(order, i -> i);
        if (plan.shuffle()) {
            shuffle.shuffle(order);
        }
        lapStart = nanoTime.getAsLong();
    }

    private void batch() {
        markBefore();
        int count = Math.min(plan.batchSize(), order.length);
        SampleSet samples = train.part(order, 0, count);
        plan.noise().ifPresent(n -> n.apply(samples.times(), samples.times().length, noise));
        InputSpikes inputs = samples.spikes();
        FirstSpikes spikes = orCheckpoint(() -> executor.run(inputs, RunIntent.TRAIN));
        double factor = scheduleFactor(batchesBegun);
        StepOutcome outcome;
        try {
            outcome = step.learn(samples, spikes, factor);
        } catch (IllegalStateException e) {
            throw new HealthFalsifiedException(
                    HealthFalsifiedException.Code.HEALTH_FALSIFIED,
                    "gradient.nonfinite in epoch " + (epoch + 1) + ", batch " + (totals.batches() + 1),
                    e.getMessage(),
                    "finite numbers",
                    "lower the learning rate or resume from the last checkpoint",
                    e);
        }
        batchesBegun++;
        order = Arrays.copyOfRange(order, count, order.length);
        totals = totals.plus(
                        outcome, spikes.with(TrainHealth.of(spikes.trains())).with(step.counters()))
                .withWall((nanoTime.getAsLong() - lapStart) / NANOS);
        listener.batchDone(new BatchProgress(
                epoch,
                totals.batches(),
                batches,
                totals.samples(),
                totals.result().accuracy(),
                outcome));
    }

    private void markBefore() {
        noiseBefore = noise.state();
        programBefore = executor.traits().nextProgram();
    }

    /** Runs on the executor with the present weights; a failure leaves a checkpoint of the state that was marked. */
    private <T> T orCheckpoint(Supplier<T> work) {
        try {
            loadWeights();
            return work.get();
        } catch (RuntimeException | Error failure) {
            try {
                write(state(noiseBefore, programBefore));
            } catch (HostException e) {
                // the first failure says what happened; nobody was told of a checkpoint
                failure.addSuppressed(e);
            }
            throw failure;
        }
    }

    private double scheduleFactor(long batch) {
        return plan.schedule().factor(epoch, batch, (long) batches * plan.epochs());
    }

    /** Validates, reports the epoch and makes it a done one; before training it reports epoch 0. */
    private void validate() {
        boolean before = history.lines() == 0;
        markBefore();
        SortedMap<String, Number> between = new TreeMap<>();
        Evaluation evaluation = orCheckpoint(() -> {
            Evaluation judged = evaluator.evaluate(executor, validation);
            if (!before) {
                between.putAll(hook.afterEpoch(epoch + 1));
            }
            return judged;
        });
        double rate = plan.optimizer().learningRate() * scheduleFactor(Math.max(0, batchesBegun - 1));
        if (!before) {
            epoch++;
        }
        double wall = (nanoTime.getAsLong() - lapStart) / NANOS;
        EpochMetrics metrics = EpochReport.of(
                        network,
                        epoch,
                        learner.optimizer().steps(),
                        totals.plus(evaluation).withWall(wall),
                        evaluation,
                        rate,
                        inForce)
                .with(between);
        totals = EpochTotals.none(models.size());
        order = new int[0];
        history.add(metrics);
        lines.add(metrics);
        listener.epochDone(metrics);
    }

    private TrainingResult stop(TrainingResult.End end) {
        checkpoint();
        return result(end);
    }

    private TrainingResult result(TrainingResult.End end) {
        double[][] weights =
                Arrays.stream(learner.weights()).map(double[]::clone).toArray(double[][]::new);
        return new TrainingResult(end, epoch, totals.batches(), weights, history.snapshot(), List.copyOf(lines));
    }

    private void checkpoint() {
        write(state());
    }

    private void write(Checkpoint checkpoint) {
        checkpoints.ifPresent(folder -> {
            String name = folder.write(checkpoint);
            listener.checkpointWritten(
                    name, checkpoint.meta().epoch(), checkpoint.meta().batch());
        });
    }

    private Checkpoint state(long[] noiseState, long nextProgram) {
        ExecutorTraits traits = executor.traits();
        CheckpointMeta meta = new CheckpointMeta(
                CheckpointMeta.SCHEMA,
                CheckpointMeta.WEIGHT_AXES,
                identity.runId(),
                epoch,
                totals.batches(),
                identity.configSha256(),
                traits.target(),
                traits.chipId(),
                identity.calibrationId(),
                nextProgram,
                network.layers().stream().map(Layer::name).toList(),
                batchesBegun,
                identity.productVersion(),
                totals);
        SortedMap<String, long[]> streams = new TreeMap<>();
        streams.put(INIT, init.state());
        streams.put(SHUFFLE, shuffle.state());
        streams.put(NOISE, noiseState);
        double[][] bump = new double[models.size()][];
        for (int i = 0; i < bump.length; i++) {
            bump[i] = new double[models.get(i).size()];
            if (learner.rescue() != null && learner.rescue().last() == i) {
                Arrays.fill(bump[i], learner.rescue().bumpValue());
            }
        }
        return new Checkpoint(
                meta,
                copy(learner.weights()),
                inForce == null ? null : inForce.integers(),
                traits.rows(),
                copy(learner.optimizer().firstMoments()),
                copy(learner.optimizer().secondMoments()),
                learner.optimizer().steps(),
                streams,
                history.snapshot(),
                bump,
                order.clone());
    }

    private static double[][] copy(double[][] arrays) {
        return Arrays.stream(arrays).map(double[]::clone).toArray(double[][]::new);
    }

    /** Computed spikes are forced at their very time, measured ones within what a chip's clock tells apart. */
    private double forcedMargin() {
        boolean measured = executor.traits().integerScale().stream().anyMatch(scale -> scale > 0);
        return measured ? TrainSettings.MEASURED_MARGIN : 0;
    }

    private static List<WeightGrid> grids(ExecutorTraits traits) {
        List<WeightGrid> grids = new ArrayList<>();
        for (int i = 0; i < traits.weightLimit().size(); i++) {
            grids.add(new WeightGrid(
                    traits.weightStep().get(i),
                    traits.weightLimit().get(i),
                    traits.rowLimits().get(i)));
        }
        return grids;
    }

    private LearningStep step(TrainerBuilder builder) {
        List<LayerLearning> layers = new ArrayList<>();
        double[][] weights = new double[models.size()][];
        for (int i = 0; i < weights.length; i++) {
            LayerPlan layer = plan.layers().get(i);
            layers.add(new LayerLearning(layer.maxMissing(), layer.trainable(), layer.rateFactor(), grids.get(i)));
            weights[i] = builder.weights == null
                    ? layer.init().draw(models.get(i).weights(), init)
                    : builder.weights[i].clone();
            grids.get(i).clip(weights[i]);
        }
        RescueSettings rescue = plan.rescue().orElse(null);
        if (plan.trains().isPresent()) {
            TrainLearner trains = new TrainLearner(
                    models,
                    LayerModels.trains(
                            executor.afterSpike().map(network::with).orElse(network),
                            plan.gradients().rule().measured() ? builder.measured : List.of()),
                    layers,
                    plan.trains().get().withForcedMargin(forcedMargin()),
                    plan.gradients(),
                    plan.optimizer(),
                    rescue,
                    weights,
                    builder.shards);
            return new TrainStep(network, trains);
        }
        BatchGradient gradients = new BatchGradient(models, plan.gradients(), plan.loss(), builder.shards);
        return new FirstSpikeStep(network, new Learner(models, layers, gradients, plan.optimizer(), rescue, weights));
    }
}
