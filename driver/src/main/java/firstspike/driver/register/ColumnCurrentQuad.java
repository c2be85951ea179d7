package firstspike.driver.register;

import firstspike.driver.coordinate.ColumnQuad;
import firstspike.driver.coordinate.SynapseQuadColumn;

/**
 * Switches between the synaptic current lines of four columns and their neurons (registers.md 7.5). By default no
 * current reaches a neuron.
 *
 * @param quad four columns
 * @param values fields of container ColumnCurrentQuad
 */
public record ColumnCurrentQuad(ColumnQuad quad, ContainerValues values) implements RegisterView {

    /** Refuses values of another container with {@link IllegalArgumentException}. */
    public ColumnCurrentQuad {
        RegisterView.requireContainer(Container.COLUMN_CURRENT_QUAD, values);
    }

    /** All fields at their defaults. */
    public static ColumnCurrentQuad defaults(ColumnQuad quad) {
        return new ColumnCurrentQuad(
                quad, Container.COLUMN_CURRENT_QUAD.layout().defaults());
    }

    @Override
    public int coordinateIndex() {
        return quad.index();
    }

    /** With other connections of the column at entry 0..3. */
    public ColumnCurrentQuad withSynapticCurrents(int entry, boolean excitatory, boolean inhibitory) {
        return new ColumnCurrentQuad(
                quad,
                values.with("switch[" + entry + "].synaptic_current_excitatory", excitatory)
                        .with("switch[" + entry + "].synaptic_current_inhibitory", inhibitory));
    }

    /** Both synaptic currents of all four columns connected, debug lines open. */
    public static ColumnCurrentQuad connected(ColumnQuad quad) {
        ColumnCurrentQuad config = defaults(quad);
        for (int entry = 0; entry < SynapseQuadColumn.ENTRIES; entry++) {
            config = config.withSynapticCurrents(entry, true, true);
        }
        return config;
    }
}
