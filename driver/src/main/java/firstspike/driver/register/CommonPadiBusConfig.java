package firstspike.driver.register;

import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.PadiBus;

/**
 * Where the four PADI buses of a hemisphere take their events from, and their timing (registers.md 8.2). By
 * default no event from the crossbar reaches a driver.
 *
 * @param hemisphere half of the chip
 * @param values fields of container CommonPADIBusConfig
 */
public record CommonPadiBusConfig(Hemisphere hemisphere, ContainerValues values) implements RegisterView {

    /** Refuses values of another container with {@link IllegalArgumentException}. */
    public CommonPadiBusConfig {
        RegisterView.requireContainer(Container.COMMON_PADI_BUS_CONFIG, values);
    }

    /** All fields at their defaults. */
    public static CommonPadiBusConfig defaults(Hemisphere hemisphere) {
        return new CommonPadiBusConfig(
                hemisphere, Container.COMMON_PADI_BUS_CONFIG.layout().defaults());
    }

    @Override
    public int coordinateIndex() {
        return hemisphere.index();
    }

    /** Whether bus 0..3 takes events from the crossbar instead of the PADI event register. */
    public CommonPadiBusConfig withSpl1(int bus, boolean enabled) {
        return new CommonPadiBusConfig(hemisphere, values.with("enable_spl1", bus, enabled));
    }

    /** Whether bus 0..3 has the long timing of short-term plasticity. */
    public CommonPadiBusConfig withExtendedTiming(int bus, boolean enabled) {
        return new CommonPadiBusConfig(hemisphere, values.with("enable_extended_timing", bus, enabled));
    }

    /** With longer synapse pulses on bus 0..3, extension 0..15; for the bypass mode. */
    public CommonPadiBusConfig withPulseExtension(int bus, int extension) {
        return new CommonPadiBusConfig(hemisphere, values.with("dacen_pulse_extension", bus, extension));
    }

    /** With all four buses fed by the crossbar, or none. */
    public CommonPadiBusConfig withAllSpl1(boolean enabled) {
        CommonPadiBusConfig config = this;
        for (int bus = 0; bus < PadiBus.ON_BLOCK; bus++) {
            config = config.withSpl1(bus, enabled);
        }
        return config;
    }
}
