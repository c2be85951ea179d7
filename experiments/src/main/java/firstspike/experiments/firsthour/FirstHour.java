package firstspike.experiments.firsthour;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The experiments of a first hour, by the ids under which they are run. */
public enum FirstHour {
    /** A neuron that spikes by itself. */
    LEAK_OVER_THRESHOLD(
            "leak-over-threshold",
            "One neuron whose resting potential lies above its threshold: a regular train of spikes",
            LeakOverThreshold::run),
    /** Rate against current. */
    FI_CURVE("fi-curve", "Rate of one neuron against a constant current", FiCurve::run),
    /** Postsynaptic potentials. */
    SINGLE_INPUT(
            "single-input",
            "Postsynaptic potentials of single excitatory and inhibitory events, and their height against the weight",
            SingleInput::run);

    private final String id;
    private final String description;
    private final Function<NeuronOnChip, FirstHourResult> body;

    FirstHour(String id, String description, Function<NeuronOnChip, FirstHourResult> body) {
        this.id = id;
        this.description = description;
        this.body = body;
    }

    /** Its id on the command line. */
    public String id() {
        return id;
    }

    /** One sentence for a list. */
    public String description() {
        return description;
    }

    /**
     * @param id of an experiment
     * @return it, empty for another id
     */
    public static Optional<FirstHour> find(String id) {
        return Arrays.stream(values()).filter(each -> each.id.equals(id)).findFirst();
    }

    /** All ids. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(FirstHour::id).toList();
    }

    /**
     * Runs it.
     *
     * @param chip with the neuron
     * @return what was measured
     */
    public FirstHourResult run(NeuronOnChip chip) {
        return body.apply(chip);
    }
}
