package firstspike.driver.register;

import firstspike.driver.coordinate.ColumnQuad;

/**
 * Switches between four columns, their CADC channels, the debug line and the neuron readout (registers.md 7.4). By
 * default all are open.
 *
 * @param quad four columns
 * @param values fields of container ColumnCorrelationQuad
 */
public record ColumnCorrelationQuad(ColumnQuad quad, ContainerValues values) implements RegisterView {

    /** Refuses values of another container with {@link IllegalArgumentException}. */
    public ColumnCorrelationQuad {
        RegisterView.requireContainer(Container.COLUMN_CORRELATION_QUAD, values);
    }

    /** All fields at their defaults. */
    public static ColumnCorrelationQuad defaults(ColumnQuad quad) {
        return new ColumnCorrelationQuad(
                quad, Container.COLUMN_CORRELATION_QUAD.layout().defaults());
    }

    @Override
    public int coordinateIndex() {
        return quad.index();
    }

    /** Whether both correlation lines of the column at entry 0..3 reach their CADC channels. */
    public ColumnCorrelationQuad withInternal(int entry, boolean enabled) {
        return new ColumnCorrelationQuad(
                quad,
                values.with("switch[" + entry + "].internal_causal", enabled)
                        .with("switch[" + entry + "].internal_acausal", enabled));
    }

    /** Whether the neuron readout of the column at entry 0..3 reaches both CADC channels. */
    public ColumnCorrelationQuad withNeuronReadout(int entry, boolean enabled) {
        return new ColumnCorrelationQuad(
                quad,
                values.with("switch[" + entry + "].cadc_neuron_readout_causal", enabled)
                        .with("switch[" + entry + "].cadc_neuron_readout_acausal", enabled));
    }

    /** Whether both correlation lines of the column at entry 0..3 reach the debug line. */
    public ColumnCorrelationQuad withDebug(int entry, boolean enabled) {
        return new ColumnCorrelationQuad(
                quad,
                values.with("switch[" + entry + "].debug_causal", enabled)
                        .with("switch[" + entry + "].debug_acausal", enabled));
    }
}
