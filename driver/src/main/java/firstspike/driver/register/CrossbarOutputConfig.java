package firstspike.driver.register;

import firstspike.driver.coordinate.CrossbarOutput;

/**
 * Event counters of all crossbar outputs and throttling of those to the FPGA (registers.md 9.2). By default
 * nothing is counted or throttled.
 *
 * @param values fields of container CrossbarOutputConfig
 */
public record CrossbarOutputConfig(ContainerValues values) implements RegisterView {

    /** Refuses values of another container with {@link IllegalArgumentException}. */
    public CrossbarOutputConfig {
        RegisterView.requireContainer(Container.CROSSBAR_OUTPUT_CONFIG, values);
    }

    /** All fields at their defaults. */
    public static CrossbarOutputConfig defaults() {
        return new CrossbarOutputConfig(
                Container.CROSSBAR_OUTPUT_CONFIG.layout().defaults());
    }

    @Override
    public int coordinateIndex() {
        return 0;
    }

    /** Whether events that leave by an output are counted. */
    public CrossbarOutputConfig withEventCounter(CrossbarOutput output, boolean enabled) {
        return new CrossbarOutputConfig(values.with("enable_event_counter", output.index(), enabled));
    }

    /** Whether an output 0..3 to the FPGA is throttled. */
    public CrossbarOutputConfig withSlow(int l2Output, boolean slow) {
        return new CrossbarOutputConfig(values.with("enable_slow", l2Output, slow));
    }

    /** With the counters of all outputs on or off. */
    public CrossbarOutputConfig withAllEventCounters(boolean enabled) {
        CrossbarOutputConfig config = this;
        for (int output = 0; output < CrossbarOutput.COUNT; output++) {
            config = config.withEventCounter(CrossbarOutput.of(output), enabled);
        }
        return config;
    }
}
