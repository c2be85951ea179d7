package firstspike.driver.register;

import firstspike.driver.coordinate.Side;

/**
 * Clocks and event registers of the back-ends of one side (registers.md 6.3). A clock scale s means 250 MHz /
 * 2^(s+1).
 *
 * @param side half of the chip
 * @param values fields of container CommonNeuronBackendConfig
 */
public record CommonNeuronBackendConfig(Side side, ContainerValues values) implements RegisterView {

    /** Refuses values of another container with {@link IllegalArgumentException}. */
    public CommonNeuronBackendConfig {
        RegisterView.requireContainer(Container.COMMON_NEURON_BACKEND_CONFIG, values);
    }

    /** All fields at their defaults. */
    public static CommonNeuronBackendConfig defaults(Side side) {
        return new CommonNeuronBackendConfig(
                side, Container.COMMON_NEURON_BACKEND_CONFIG.layout().defaults());
    }

    @Override
    public int coordinateIndex() {
        return side.index();
    }

    /** With another slow refractory clock, 0..15. Default 0. */
    public CommonNeuronBackendConfig withClockScaleSlow(int scale) {
        return new CommonNeuronBackendConfig(side, values.with("clock_scale_slow", scale));
    }

    /** With another fast refractory clock, 0..15. Default 0. */
    public CommonNeuronBackendConfig withClockScaleFast(int scale) {
        return new CommonNeuronBackendConfig(side, values.with("clock_scale_fast", scale));
    }

    /** Whether the event output registers run. Default true. */
    public CommonNeuronBackendConfig withEventRegisters(boolean enabled) {
        return new CommonNeuronBackendConfig(side, values.with("enable_event_registers", enabled));
    }

    /** Whether the clocks run. Default true. */
    public CommonNeuronBackendConfig withClocks(boolean enabled) {
        return new CommonNeuronBackendConfig(side, values.with("enable_clocks", enabled));
    }

    /** Whether all back-ends of the side are held in reset. Default false. */
    public CommonNeuronBackendConfig withForceReset(boolean enabled) {
        return new CommonNeuronBackendConfig(side, values.with("force_reset", enabled));
    }
}
