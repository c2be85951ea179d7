package firstspike.driver.register;

import firstspike.driver.coordinate.SynapseDriver;

/**
 * One synapse driver: which events it answers to and how it drives its two rows (registers.md 8.1, 5.3). By
 * default it is off and both rows are disabled.
 *
 * @param driver the driver
 * @param values fields of container SynapseDriverConfig
 */
public record SynapseDriverConfig(SynapseDriver driver, ContainerValues values) implements RegisterView {

    /** Refuses values of another container with {@link IllegalArgumentException}. */
    public SynapseDriverConfig {
        RegisterView.requireContainer(Container.SYNAPSE_DRIVER_CONFIG, values);
    }

    /** All fields at their defaults. */
    public static SynapseDriverConfig defaults(SynapseDriver driver) {
        return new SynapseDriverConfig(
                driver, Container.SYNAPSE_DRIVER_CONFIG.layout().defaults());
    }

    @Override
    public int coordinateIndex() {
        return driver.index();
    }

    /** Whether it listens to its PADI bus. Default false. */
    public SynapseDriverConfig withReceiver(boolean enabled) {
        return new SynapseDriverConfig(driver, values.with("enable_receiver", enabled));
    }

    /** With other bits of the row select that must equal its number on the bus, 0..31. Default 31, all. */
    public SynapseDriverConfig withRowAddressCompareMask(int mask) {
        return new SynapseDriverConfig(driver, values.with("row_address_compare_mask", mask));
    }

    /** With other input lines for its top row (odd) and bottom row (even). */
    public SynapseDriverConfig withRowModes(RowMode top, RowMode bottom) {
        return new SynapseDriverConfig(
                driver, values.with("row_mode_top", top.ordinal()).with("row_mode_bottom", bottom.ordinal()));
    }

    /** Whether the five low label bits go to the synapses. Default true. */
    public SynapseDriverConfig withAddressOut(boolean enabled) {
        return new SynapseDriverConfig(driver, values.with("enable_address_out", enabled));
    }

    /** Input lines that a row drives; the number is {@link #ordinal()}, bit 0 excitatory, bit 1 inhibitory. */
    public enum RowMode {
        DISABLED,
        EXCITATORY,
        INHIBITORY,
        EXCITATORY_AND_INHIBITORY
    }
}
