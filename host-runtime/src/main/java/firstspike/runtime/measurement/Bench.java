package firstspike.runtime.measurement;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.coordinate.Quadrant;
import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.playback.Ticket;
import firstspike.driver.register.Container;
import firstspike.driver.register.NeuronBackendConfig;
import firstspike.driver.register.NeuronConfig;
import firstspike.driver.register.RegisterView;
import firstspike.runtime.measurement.MergedCircuits.PassiveInputs;
import firstspike.runtime.session.ChipConfiguration;
import firstspike.runtime.session.ChipSession;
import firstspike.runtime.session.Executed;
import firstspike.runtime.session.ProgramBody;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A chip to measure on. What is set here goes to the chip in front of the next measurement, only what changed, and analog
 * parameters get the time that they need to settle (20 ms). Mutable; one owner thread; does not own the session.
 */
public final class Bench {

    private final ChipSession session;
    private final boolean inSetUp;
    private ChipConfiguration configuration;
    private MergedCircuits merged = MergedCircuits.ONE;
    private UnaryOperator<ChipConfiguration> joined = single -> single;
    private BenchTotals totals = BenchTotals.NONE;

    /**
     * @param session of the chip; stays open
     * @param start what is configured before the first measurement
     */
    public Bench(ChipSession session, ChipConfiguration start) {
        this(session, start, false);
    }

    private Bench(ChipSession session, ChipConfiguration start, boolean inSetUp) {
        this.session = session;
        this.configuration = start;
        this.inSetUp = inSetUp;
    }

    /**
     * A bench whose programs belong to a set-up: they take no ordinal, so that what runs afterwards does not depend on them.
     *
     * @param session of the chip; stays open
     * @param start what is configured before the first measurement
     * @return the bench
     */
    public static Bench inSetUp(ChipSession session, ChipConfiguration start) {
        return new Bench(session, start, true);
    }

    /** What the chip says of itself. */
    public ChipDescription describe() {
        return session.describe();
    }

    /** What holds from the next measurement on, circuits for themselves. */
    public ChipConfiguration configuration() {
        return configuration;
    }

    /** What the next program finds on the chip: {@link #configuration()}, its circuits joined while they are measured so. */
    ChipConfiguration inForce() {
        return joined.apply(configuration);
    }

    /** From the next program on circuits are joined in this way. */
    void join(UnaryOperator<ChipConfiguration> circuits) {
        joined = circuits;
    }

    /** How many circuits are a neuron where {@link #each} measures. */
    public MergedCircuits merged() {
        return merged;
    }

    /**
     * @param circuits that are a neuron where {@link #each} measures; one unless said otherwise
     * @return this
     */
    public Bench merged(MergedCircuits circuits) {
        merged = circuits;
        return this;
    }

    /**
     * Measures every circuit as an active one, {@link #merged()} with others; passive ones keep their synaptic inputs.
     *
     * @param measurement of all circuits at once, one value a circuit
     * @return one value a circuit
     */
    public double[] each(Function<Bench, double[]> measurement) {
        return merged.each(this, PassiveInputs.AS_SET, measurement);
    }

    /**
     * The same for some circuits.
     *
     * @param neurons which
     * @param measurement of some of them, one value each in the same order
     * @return one value a neuron in the same order
     */
    public double[] each(int[] neurons, BiFunction<Bench, int[], double[]> measurement) {
        return eachOf(neurons, (joined, some) -> Arrays.stream(measurement.apply(joined, some))
                        .boxed()
                        .toList())
                .stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /**
     * The same where more than a number is measured of a circuit.
     *
     * @param <T> what is measured of a circuit
     * @param neurons which, each once
     * @param measurement of some of them, one element each in the same order
     * @return one element a neuron in the same order
     */
    public <T> List<T> eachOf(int[] neurons, BiFunction<Bench, int[], List<T>> measurement) {
        return merged.each(this, neurons, measurement);
    }

    /**
     * Measures what events do to every circuit as an active one; passive ones take none.
     *
     * @param measurement of all circuits at once, several values a circuit
     * @return several values a circuit
     */
    public double[][] eachDriven(Function<Bench, double[][]> measurement) {
        return merged.each(this, PassiveInputs.OFF, measurement);
    }

    /**
     * Measures where a share of the circuits is enough: of pairs the even circuits are active, odd ones take no events.
     *
     * @param <T> what is measured
     * @param measurement of all circuits at once
     * @return what was measured
     */
    public <T> T someDriven(Function<Bench, T> measurement) {
        return merged.some(this, PassiveInputs.OFF, measurement);
    }

    /** Programs, chip time and losses so far. */
    public BenchTotals totals() {
        return totals;
    }

    /**
     * @param wanted every word; what differs is written with the next measurement
     * @return this
     */
    public Bench configure(ChipConfiguration wanted) {
        configuration = wanted;
        return this;
    }

    /**
     * @param parameter of neurons
     * @return its codes, one a neuron
     */
    public int[] codes(NeuronParameter parameter) {
        int[] codes = new int[AtomicNeuron.COUNT];
        for (int n = 0; n < codes.length; n++) {
            codes[n] = configuration.word(
                    ChipConfiguration.codePlace(AtomicNeuron.of(n).capMemCell(parameter)));
        }
        return codes;
    }

    /**
     * @param parameter of neurons
     * @param codes one a neuron, 0 to 1022
     * @return this
     */
    public Bench set(NeuronParameter parameter, int[] codes) {
        ChipConfiguration.Builder builder = configuration.change();
        for (int n = 0; n < AtomicNeuron.COUNT; n++) {
            builder.code(AtomicNeuron.of(n).capMemCell(parameter), codes[n]);
        }
        configuration = builder.build();
        return this;
    }

    /**
     * @param parameter of neurons
     * @param code of all neurons, 0 to 1022
     * @return this
     */
    public Bench set(NeuronParameter parameter, int code) {
        int[] codes = new int[AtomicNeuron.COUNT];
        Arrays.fill(codes, code);
        return set(parameter, codes);
    }

    /**
     * @param parameter of quadrants
     * @return its codes, one a quadrant
     */
    public int[] codes(QuadrantParameter parameter) {
        int[] codes = new int[Quadrant.COUNT];
        for (int q = 0; q < codes.length; q++) {
            codes[q] = configuration.word(ChipConfiguration.codePlace(parameter.cell(Quadrant.of(q))));
        }
        return codes;
    }

    /**
     * @param parameter of quadrants
     * @param codes one a quadrant, 0 to 1022
     * @return this
     */
    public Bench set(QuadrantParameter parameter, int... codes) {
        ChipConfiguration.Builder builder = configuration.change();
        for (int q = 0; q < Quadrant.COUNT; q++) {
            builder.code(parameter.cell(Quadrant.of(q)), codes.length == 1 ? codes[0] : codes[q]);
        }
        configuration = builder.build();
        return this;
    }

    /**
     * @param neuron a circuit
     * @return its switches
     */
    public NeuronConfig neuron(AtomicNeuron neuron) {
        return neuron(configuration, neuron);
    }

    static NeuronConfig neuron(ChipConfiguration configuration, AtomicNeuron neuron) {
        return new NeuronConfig(neuron, configuration.values(Container.NEURON_CONFIG, neuron.index()));
    }

    /**
     * @param change of the switches of a circuit; called for all
     * @return this
     */
    public Bench neurons(UnaryOperator<NeuronConfig> change) {
        ChipConfiguration.Builder builder = configuration.change();
        for (int n = 0; n < AtomicNeuron.COUNT; n++) {
            builder.set(change.apply(neuron(AtomicNeuron.of(n))));
        }
        configuration = builder.build();
        return this;
    }

    /**
     * @param neuron a circuit
     * @return its digital part
     */
    public NeuronBackendConfig backend(AtomicNeuron neuron) {
        return new NeuronBackendConfig(
                neuron, configuration.values(Container.NEURON_BACKEND_CONFIG, neuron.backendIndex()));
    }

    /**
     * @param change of the digital part of a neuron; called for all
     * @return this
     */
    public Bench backends(UnaryOperator<NeuronBackendConfig> change) {
        ChipConfiguration.Builder builder = configuration.change();
        for (int n = 0; n < AtomicNeuron.COUNT; n++) {
            builder.set(change.apply(backend(AtomicNeuron.of(n))));
        }
        configuration = builder.build();
        return this;
    }

    /**
     * @param views instances of registers with their fields
     * @return this
     */
    public Bench set(RegisterView... views) {
        ChipConfiguration.Builder builder = configuration.change();
        for (RegisterView view : views) {
            builder.set(view);
        }
        configuration = builder.build();
        return this;
    }

    /**
     * Runs one program: what changed, the time to settle, the body.
     *
     * @param <T> tickets of the body
     * @param body what is measured
     * @return result and tickets
     */
    public <T> Executed<T> run(ProgramBody<T> body) {
        Executed<T> done = inSetUp ? session.runInSetUp(inForce(), body) : session.run(inForce(), body);
        totals = totals.plus(done.result());
        return done;
    }

    /**
     * Runs one program and reads what one ticket answers.
     *
     * @param <T> what the ticket means
     * @param body what is measured
     * @return the answer
     */
    public <T> T read(ProgramBody<Ticket<T>> body) {
        Executed<Ticket<T>> done = run(body);
        return done.result().get(done.tickets());
    }

    /** Initialises the chip anew and puts what is set into force with a set-up program. */
    public void renew() {
        session.forget();
        session.configure(inForce());
    }

    /** Puts what is set into force with a set-up program, which lands analog parameters where a fresh set-up would. */
    public void apply() {
        session.configure(inForce());
    }
}
