package firstspike.runtime.measurement;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerLayout;
import firstspike.driver.register.ContainerValues;
import firstspike.driver.register.MadcSampleRate;
import firstspike.runtime.session.ChipConfiguration;

/**
 * The membrane of one neuron of a network, sampled by the fast converter while programs run (playback.md 7.1): connected once,
 * started by each program before its time zero, so that its own times and what it draws stay as they are. A recording has at
 * most {@value MadcTraces#MOST_SAMPLES} samples, for longer programs the converter's clock is divided. Immutable.
 */
public final class RecordedMembrane {

    private static final double TICK_S = 8e-9;
    private static final int LARGEST_SCALE = 4095;

    private final AtomicNeuron neuron;
    private final ContainerValues settings;
    private final double hertz;

    /**
     * @param neuron circuit whose membrane it is; its readout amplifier is on
     * @param longestTicks of the programs that are recorded
     */
    public RecordedMembrane(AtomicNeuron neuron, long longestTicks) {
        this.neuron = neuron;
        ContainerValues undivided = Container.MADC_CONFIG.layout().defaults();
        double samples = samples(longestTicks, rate(undivided));
        int scale = (int) Math.min(LARGEST_SCALE, Math.ceil(samples / MadcTraces.MOST_SAMPLES / 2) - 1);
        settings = samples <= MadcTraces.MOST_SAMPLES
                ? undivided
                : undivided.with("enable_madc_clock_scaling", true).with("madc_clock_scale_value", Math.max(0, scale));
        hertz = rate(settings);
    }

    /** Samples a second. */
    public double hertz() {
        return hertz;
    }

    /**
     * @param configuration of the network
     * @return the same with the membrane connected to the converter
     */
    public ChipConfiguration on(ChipConfiguration configuration) {
        return configuration
                .change()
                .set(Bench.neuron(configuration, neuron).withReadout(true))
                .set(Container.READOUT_SOURCE_SELECTION, 0, MadcTraces.source(neuron))
                .set(Container.MADC_CONFIG, 0, settings)
                .build();
    }

    /**
     * Wakes the converter; part of a set-up.
     *
     * @param builder receives the instructions
     * @return nothing
     */
    public Object wake(PlaybackProgramBuilder builder) {
        builder.write(MadcTraces.CONTROL, MadcTraces.WAKE)
                .barrier(Barrier.OMNIBUS)
                .pause(MadcTraces.WAKING_TICKS);
        return this;
    }

    /**
     * Starts sampling; stands in front of a program's timer reset.
     *
     * @param builder receives the instructions
     * @param ticks that are sampled
     */
    public void start(PlaybackProgramBuilder builder, long ticks) {
        ContainerLayout layout = Container.MADC_CONFIG.layout();
        long samples = (long) Math.min(MadcTraces.MOST_SAMPLES, Math.ceil(samples(ticks, hertz)));
        builder.write(MadcTraces.CONTROL, MadcTraces.STOP)
                .write(layout.writeAddresses(0), layout.encode(settings.with("number_of_samples", samples), 0))
                .write(MadcTraces.CONTROL, MadcTraces.START)
                .write(MadcTraces.CONTROL, MadcTraces.IDLE)
                .barrier(Barrier.OMNIBUS);
    }

    private static double samples(long ticks, double hertz) {
        return ticks * TICK_S * hertz;
    }

    private static double rate(ContainerValues settings) {
        return MadcSampleRate.of(settings, MadcSampleRate.CLOCK_HZ).hertz();
    }
}
