package firstspike.emulator.analog;

/** What a chip consumes: a constant part, its processors and converter, and an energy per spike and synaptic event (analog.md 17). */
public final class PowerModel {
    private static final int PROCESSORS = 2;

    private final AnalogDefaults.PowerNumbers numbers;

    /** The power of a chip of this model. */
    public PowerModel(ChipModel model) {
        numbers = model.defaults().power();
    }

    /**
     * Energy of activity alone in joule.
     *
     * @param spikes of neurons
     * @param events at synapses
     */
    public double activityJoule(long spikes, long events) {
        return spikes * numbers.spikeJ() + events * numbers.eventJ();
    }

    /**
     * Mean power in watt over a stretch of time.
     *
     * @param spikes of neurons in it
     * @param events at synapses in it
     * @param seconds its length; 0: no activity counts
     * @param madc whether the MADC is awake
     */
    public double watt(long spikes, long events, double seconds, boolean madc) {
        double constant = numbers.staticW() + PROCESSORS * numbers.processorW() + (madc ? numbers.madcW() : 0);
        return seconds > 0 ? constant + activityJoule(spikes, events) / seconds : constant;
    }
}
