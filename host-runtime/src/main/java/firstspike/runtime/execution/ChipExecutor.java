package firstspike.runtime.execution;

import static firstspike.driver.error.RunFailedException.Code.CHIP_RUN_FAILED;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.IncompleteResponseException;
import firstspike.driver.error.InstructionTimeoutException;
import firstspike.driver.error.RunFailedException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.HealthKeys;
import firstspike.driver.playback.TicketNotReadyException;
import firstspike.runtime.error.HealthFalsifiedException;
import firstspike.runtime.learning.eventprop.SpikeTrains;
import firstspike.runtime.mapping.BatchTiming;
import firstspike.runtime.mapping.ChipMapping;
import firstspike.runtime.mapping.Stimulus;
import firstspike.runtime.mapping.StimulusEncoder;
import firstspike.runtime.mapping.WeightWords;
import firstspike.runtime.network.AfterSpike;
import firstspike.runtime.network.Layer;
import firstspike.runtime.session.ChipConfiguration;
import firstspike.runtime.session.ChipSession;
import firstspike.runtime.session.Executed;
import firstspike.runtime.session.PathCheck;
import firstspike.runtime.session.ProgramBody;
import firstspike.runtime.session.WordPatch;
import firstspike.runtime.target.ChipTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Runs a network on one or several chips (inloop.md 13): weights become synapse words, inputs become events, spikes become
 * times. Sample i of a batch runs on chip i modulo the number of chips, all chips at the same time. One owner thread.
 */
public final class ChipExecutor implements NetworkExecutor {

    private static final double SECONDS_PER_TICK = 8e-9;

    private final String target;
    private final ChipMapping mapping;
    private final List<ChipSession> sessions;
    private final ChipDescription chip;
    private final Quantiser quantiser;
    private final WeightWords words;
    private final List<StimulusEncoder> encoders;
    private final List<Dissector> dissectors;
    private final ChipThreads threads = new ChipThreads();
    private final double[] offsetTicks;
    private WordPatch weights;
    private Set<String> allowed = Set.of();
    private double weightLimit = Double.POSITIVE_INFINITY;
    private long repeats;
    private long reconnects;

    private ChipExecutor(String target, ChipMapping mapping, List<ChipSession> sessions) {
        this.target = target;
        this.mapping = mapping;
        this.sessions = List.copyOf(sessions);
        chip = sessions.get(0).describe();
        quantiser = new Quantiser(mapping);
        words = mapping.weightWords();
        encoders = sessions.stream().map(session -> mapping.encoder()).toList();
        dissectors = sessions.stream().map(session -> new Dissector(mapping)).toList();
        offsetTicks = timeOffsets(chip, mapping);
        weights = WordPatch.NONE;
    }

    /**
     * Opens the chips of a target, sets them up and waits until they are settled.
     *
     * @param mapping of the network onto this kind of chip
     * @param target its chips; stays open when the executor is closed
     * @param firstProgram ordinal of the first program: 0, or that of a checkpoint
     * @return the executor, all weights 0
     */
    public static ChipExecutor open(ChipMapping mapping, ChipTarget target, long firstProgram) {
        PathCheck.require(mapping.configuration(), mapping.paths(), mapping.outputCircuits(), false);
        List<ChipSession> sessions = new ArrayList<>();
        try {
            for (int i = 0; i < target.chips().size(); i++) {
                sessions.add(ChipSession.open(
                        target.opener(i), firstProgram, mapping.settings().retries()));
            }
            for (int i = 0; i < sessions.size(); i++) {
                sessions.get(i).configure(mapping.configuration(i));
            }
            return new ChipExecutor(target.uri(), mapping, sessions);
        } catch (RuntimeException e) {
            sessions.forEach(ChipSession::close);
            throw e;
        }
    }

    /**
     * Accepts counters that would make a batch invalid.
     *
     * @param keys names of formats.md 3.3
     */
    public void allow(Collection<String> keys) {
        allowed = Set.copyOf(keys);
    }

    /**
     * Keeps weights smaller than the chip could hold.
     *
     * @param limit largest magnitude in units of the network, above 0; infinite: what the chip can hold
     */
    public void limitWeights(double limit) {
        weightLimit = limit;
    }

    /** The mapping that it runs. */
    public ChipMapping mapping() {
        return mapping;
    }

    @Override
    public ExecutorTraits traits() {
        int layers = mapping.network().layers().size();
        List<Double> scale = new ArrayList<>();
        List<Double> limit = new ArrayList<>();
        List<double[]> rows = new ArrayList<>();
        for (int l = 0; l < layers; l++) {
            scale.add(mapping.scale(l));
            rows.add(Arrays.stream(mapping.rowLimits(l))
                    .map(row -> Math.min(weightLimit, row))
                    .toArray());
            limit.add(Math.min(weightLimit, mapping.weightLimit(l)));
        }
        return new ExecutorTraits(
                target,
                chip.fidelity(),
                chip.chipId().value(),
                scale.stream().map(s -> 1 / s).toList(),
                limit,
                rows,
                scale,
                mapping.rows(),
                sessions.stream().mapToLong(ChipSession::nextProgram).max().orElse(0));
    }

    @Override
    public Optional<AfterSpike> afterSpike() {
        return Optional.of(mapping.afterSpike());
    }

    @Override
    public WeightsInForce load(LayerWeights shadow) {
        WeightsInForce inForce = quantiser.quantise(shadow);
        weights = words.set(inForce.integers());
        return inForce;
    }

    /**
     * Puts the integer weights of a checkpoint onto the chips before the first batch, so that the batches write what they
     * would have written without the interruption, and take the same time.
     *
     * @param integers a layer: row-major (row, neuron), as last written before
     */
    public void restore(short[][] integers) {
        weights = words.set(integers);
        sessions.forEach(session -> session.prepare(weights));
    }

    /**
     * Measures on a chip between two batches; its registers and weights are put back by set-up programs.
     *
     * @param <R> what is measured
     * @param chip index of a chip of the target
     * @param measurement gets the session and what is configured on the chip
     * @return what was measured
     */
    public <R> R between(int chip, BiFunction<ChipSession, ChipConfiguration, R> measurement) {
        ChipSession session = sessions.get(chip);
        ChipConfiguration configuration = mapping.configuration(chip);
        R measured = measurement.apply(session, configuration);
        session.configure(configuration);
        session.prepare(weights);
        return measured;
    }

    /**
     * Changes the configuration of a chip before anything runs on it; weights are 0 afterwards, {@link #restore} puts them
     * there.
     *
     * @param chip index of a chip of the target
     * @param change of the configuration of its network
     * @param body instructions that belong to the set-up
     */
    public void setUp(int chip, UnaryOperator<ChipConfiguration> change, ProgramBody<?> body) {
        sessions.get(chip).runInSetUp(change.apply(mapping.configuration(chip)), body);
    }

    /**
     * Runs a program that is no batch of samples, with the weights in force.
     *
     * @param <T> tickets of the body
     * @param chip index of a chip of the target
     * @param body instructions of the program
     * @return the result
     */
    public <T> Executed<T> run(int chip, ProgramBody<T> body) {
        return sessions.get(chip).run(weights, body);
    }

    @Override
    public FirstSpikes run(InputSpikes batch, RunIntent intent) {
        int samples = batch.samples();
        double[][] times = silence(samples);
        if (samples == 0) {
            return new FirstSpikes(0, times, new TreeMap<>(), 0);
        }
        int chips = sessions.size();
        // all input is judged before anything runs
        List<Stimulus> stimuli = new ArrayList<>();
        for (int c = 0; c < chips; c++) {
            stimuli.add(encoders.get(c).encode(batch.first(), batch.source(), batch.time(), c, chips));
        }
        // every chip runs a program in every batch, so that their ordinals stay together
        List<ChipRun> runs = threads.each(chips, c -> runValid(c, stimuli.get(c), share(samples, c)));
        BatchHealth health = new BatchHealth();
        double seconds = 0;
        for (int c = 0; c < chips; c++) {
            health.join(runs.get(c).health());
            seconds = Math.max(seconds, runs.get(c).seconds());
            scatter(times, c, share(samples, c));
        }
        long repeated = sessions.stream().mapToLong(ChipSession::repeats).sum();
        health.add(BatchHealth.REPEATS, repeated - repeats);
        repeats = repeated;
        long reopened = sessions.stream().mapToLong(ChipSession::reconnects).sum();
        if (reopened > reconnects) {
            health.add(HealthKeys.LINK_RECONNECTS, reopened - reconnects);
        }
        reconnects = reopened;
        return mapping.network().manySpikes()
                ? FirstSpikes.of(samples, trains(samples), health.counters(), seconds)
                : new FirstSpikes(samples, times, health.counters(), seconds);
    }

    /** All spikes of the batch that the dissectors hold, a layer. */
    private List<SpikeTrains> trains(int samples) {
        List<SpikeTrains> layers = new ArrayList<>();
        for (int l = 0; l < mapping.network().layers().size(); l++) {
            layers.add(trains(samples, l));
        }
        return layers;
    }

    private SpikeTrains trains(int samples, int layer) {
        int size = mapping.network().layers().get(layer).size();
        int chips = sessions.size();
        int neurons = mapping.neurons();
        double ticksPerTau = mapping.timing().ticksPerTau();
        int[] first = new int[samples * size + 1];
        for (int pass = 0, i = 0; i < samples * size; i++) {
            int slot = i / size / chips * neurons + mapping.firstNeuron(layer) + i % size;
            TrainTicks ticks = dissectors.get(i / size % chips).trains().orElseThrow();
            pass += ticks.begin(slot + 1) - ticks.begin(slot);
            first[i + 1] = pass;
        }
        double[] time = new double[first[samples * size]];
        for (int i = 0; i < samples * size; i++) {
            int slot = i / size / chips * neurons + mapping.firstNeuron(layer) + i % size;
            TrainTicks ticks = dissectors.get(i / size % chips).trains().orElseThrow();
            for (int k = first[i]; k < first[i + 1]; k++) {
                time[k] = (ticks.tick(ticks.begin(slot) + k - first[i]) - offsetTicks[layer]) / ticksPerTau;
            }
        }
        return new SpikeTrains(samples, size, first, time);
    }

    /** What a chip said of its share of a batch; the times are in its dissector. */
    private record ChipRun(double seconds, BatchHealth health) {}

    private int share(int samples, int chipIndex) {
        int chips = sessions.size();
        return (samples - chipIndex + chips - 1) / chips;
    }

    private double[][] silence(int samples) {
        List<Layer> layers = mapping.network().layers();
        double[][] times = new double[layers.size()][];
        for (int l = 0; l < times.length; l++) {
            times[l] = new double[samples * layers.get(l).size()];
            Arrays.fill(times[l], Double.POSITIVE_INFINITY);
        }
        return times;
    }

    /** Runs until the result is valid; the chip's dissector then holds its spikes. */
    private ChipRun runValid(int chipIndex, Stimulus stimulus, int samples) {
        ChipSession session = sessions.get(chipIndex);
        Dissector dissector = dissectors.get(chipIndex);
        BatchHealth health = new BatchHealth();
        int retries = mapping.settings().retries();
        BatchProgram program = new BatchProgram(
                stimulus, mapping.timing().endTick(samples), mapping.settings().timeZero());
        for (int tries = 0; ; tries++) {
            long ordinal = session.nextProgram();
            String fault;
            RuntimeException cause = null;
            String last = "none received";
            try {
                Executed<BatchProgram.Window> run = session.run(weights, program);
                long begin = run.result().fpgaTime(run.tickets().begin());
                long end = run.result().fpgaTime(run.tickets().end());
                dissector.dissect(run.result().spikes(), begin, samples);
                last = run.result().spikes().size() == 0 ? "none" : dissector.last() + " ticks";
                fault = BatchHealth.fault(run.result(), dissector, allowed);
                if (fault.isEmpty()) {
                    health.accept(run.result(), stimulus, dissector);
                    long ticks = run.result().health().counters().getOrDefault(HealthKeys.VIRTUAL_TICKS, end - begin);
                    return new ChipRun(ticks * SECONDS_PER_TICK, health);
                }
                cause = falsified(fault);
            } catch (InstructionTimeoutException e) {
                health.add(BatchHealth.TIMEOUTS, 1);
                fault = e.getMessage();
                cause = e;
            } catch (IncompleteResponseException e) {
                health.add(BatchHealth.SHORT, 1);
                fault = e.getMessage();
                cause = e;
            } catch (TicketNotReadyException e) {
                health.add(BatchHealth.SHORT, 1);
                fault = e.getMessage();
            }
            if (tries >= retries) {
                throw failed(ordinal, samples, fault, last, cause);
            }
            health.add(BatchHealth.REPEATS, 1);
        }
    }

    /** A counter that makes results worthless is something else than a run that did not come to its end. */
    private static HealthFalsifiedException falsified(String fault) {
        int equals = fault.indexOf('=');
        String key = fault.substring(0, equals);
        return new HealthFalsifiedException(
                HealthFalsifiedException.Code.HEALTH_FALSIFIED,
                key,
                fault.substring(equals + 1),
                "what falsifies no result",
                "allow " + key + " to degrade, or find its cause");
    }

    private RunFailedException failed(long ordinal, int samples, String fault, String last, Throwable cause) {
        return new RunFailedException(
                CHIP_RUN_FAILED,
                ErrorDetail.of(
                                "run " + ordinal + " of " + samples + " samples on " + target,
                                fault + ", last spike " + last,
                                mapping.settings().retries() + " repeats",
                                "look at the counter named, lower the input rate, or raise chip.retries")
                        .with("program", ordinal)
                        .with("fault", fault)
                        .with("last_spike", last),
                cause,
                null,
                false);
    }

    private void scatter(double[][] times, int chipIndex, int samples) {
        BatchTiming timing = mapping.timing();
        Dissector dissector = dissectors.get(chipIndex);
        for (int l = 0; l < times.length; l++) {
            int size = mapping.network().layers().get(l).size();
            int neuron = mapping.firstNeuron(l);
            for (int s = 0; s < samples; s++) {
                int to = (chipIndex + s * sessions.size()) * size;
                for (int n = 0; n < size; n++) {
                    long tick = dissector.firstTick(s, neuron + n);
                    if (tick != Dissector.SILENT) {
                        times[l][to + n] = (tick - offsetTicks[l]) / timing.ticksPerTau();
                    }
                }
            }
        }
    }

    /**
     * Delays a layer, ticks: the first one was measured, or has the known ways of its inputs and from a crossing to its stamp;
     * every further one adds the way of a crossing. Later layers are driven by spikes whose times were corrected by the delays before them.
     */
    private static double[] timeOffsets(ChipDescription chip, ChipMapping mapping) {
        double[] offsets = new double[mapping.network().layers().size()];
        long output = chip.outputLatencyTicks().orElse(0);
        long first = mapping.timeOffsetTicks().orElse(chip.inputLatencyTicks().orElse(0) + output);
        for (int l = 0; l < offsets.length; l++) {
            offsets[l] = first + l * output;
        }
        return offsets;
    }

    /** Gives the chips back. */
    @Override
    public void close() {
        threads.close();
        sessions.forEach(ChipSession::close);
    }
}
