package firstspike.driver.register;

import firstspike.driver.coordinate.BackgroundSource;

/**
 * One background spike generator (registers.md 9.4). By default it is off. Seed and label are written before the
 * word that enables it.
 *
 * @param source the generator
 * @param values fields of container BackgroundSpikeSource
 */
public record BackgroundSpikeSource(BackgroundSource source, ContainerValues values) implements RegisterView {

    /** Refuses values of another container with {@link IllegalArgumentException}. */
    public BackgroundSpikeSource {
        RegisterView.requireContainer(Container.BACKGROUND_SPIKE_SOURCE, values);
    }

    /** All fields at their defaults. */
    public static BackgroundSpikeSource defaults(BackgroundSource source) {
        return new BackgroundSpikeSource(
                source, Container.BACKGROUND_SPIKE_SOURCE.layout().defaults());
    }

    @Override
    public int coordinateIndex() {
        return source.index();
    }

    /** Whether it runs. Default false. */
    public BackgroundSpikeSource withEnabled(boolean enabled) {
        return new BackgroundSpikeSource(source, values.with("enable", enabled));
    }

    /** With another period in cycles of 4 ns, 0..65535. */
    public BackgroundSpikeSource withPeriod(int cycles) {
        return new BackgroundSpikeSource(source, values.with("period", cycles));
    }

    /** With another label, 0..16383. */
    public BackgroundSpikeSource withNeuronLabel(int neuronLabel) {
        return new BackgroundSpikeSource(source, values.with("neuron_label", neuronLabel));
    }

    /**
     * A running source of one spike per period.
     *
     * @param source the generator
     * @param period cycles of 4 ns, 0..65535
     * @param neuronLabel label of the spikes, 0..16383
     */
    public static BackgroundSpikeSource regular(BackgroundSource source, int period, int neuronLabel) {
        return defaults(source).withPeriod(period).withNeuronLabel(neuronLabel).withEnabled(true);
    }

    /** With random instead of regular spikes: one draw per period, a spike if it is at most {@code rate} 0..255. */
    public BackgroundSpikeSource withPoisson(int rate, long seed) {
        return new BackgroundSpikeSource(
                source, values.with("enable_random", true).with("rate", rate).with("seed", seed));
    }

    /** With low label bits 0..255 that are drawn at random; random mode only. */
    public BackgroundSpikeSource withRandomLabelBits(int mask) {
        return new BackgroundSpikeSource(source, values.with("mask", mask));
    }
}
