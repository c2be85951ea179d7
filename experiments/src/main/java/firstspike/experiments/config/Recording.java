package firstspike.experiments.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an experiment records (formats.md 7, key {@code record}).
 *
 * @param spikes spikes in both directions
 * @param setup what is written to the chip, also while a training goes on
 * @param fpgaTime how much later than on the chip each spike arrived
 * @param membranes neurons whose membrane is sampled, in order
 */
public record Recording(boolean spikes, boolean setup, boolean fpgaTime, List<Membrane> membranes) {

    static final String SPIKES = "spikes";
    static final String SETUP = "setup";
    static final String FPGA_TIME = "fpga-time";

    /** Nothing. */
    public static final Recording NOTHING = new Recording(false, false, false, List.of());

    /** Copies the list. */
    public Recording {
        membranes = List.copyOf(membranes);
    }

    /**
     * A neuron whose membrane is sampled.
     *
     * @param layer its name
     * @param neuron index in the layer, from 0
     */
    public record Membrane(String layer, int neuron) {

        private static final Pattern FORM = Pattern.compile("membrane:([a-z][a-z0-9_-]{0,31})\\[([0-9]{1,7})\\]");

        static Optional<Membrane> parse(String text) {
            Matcher parts = FORM.matcher(text);
            return parts.matches()
                    ? Optional.of(new Membrane(parts.group(1), Integer.parseInt(parts.group(2))))
                    : Optional.empty();
        }
    }

    static Recording of(List<String> items) {
        List<Membrane> membranes = new ArrayList<>();
        items.forEach(item -> Membrane.parse(item).ifPresent(membranes::add));
        return new Recording(items.contains(SPIKES), items.contains(SETUP), items.contains(FPGA_TIME), membranes);
    }

    /** Whether there is anything to write. */
    public boolean any() {
        return spikes || setup || fpgaTime || !membranes.isEmpty();
    }
}
