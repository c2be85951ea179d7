package firstspike.driver.register;

import firstspike.driver.coordinate.SynapseQuad;

/**
 * Everything that four synapses store: weights, labels and calibration bits in two words (container SynapseQuad,
 * registers.md 7.1). It writes the same memory as the split views.
 *
 * @param quad place of the words
 * @param values fields of container SynapseQuad
 */
public record RawSynapseQuad(SynapseQuad quad, ContainerValues values) implements RegisterView {

    /** Refuses values of another container with {@link IllegalArgumentException}. */
    public RawSynapseQuad {
        RegisterView.requireContainer(Container.SYNAPSE_QUAD, values);
    }

    /** All fields at their defaults. */
    public static RawSynapseQuad defaults(SynapseQuad quad) {
        return new RawSynapseQuad(quad, Container.SYNAPSE_QUAD.layout().defaults());
    }

    @Override
    public int coordinateIndex() {
        return quad.index();
    }

    /** With another weight 0..63 of entry 0..3. Default 0. */
    public RawSynapseQuad withWeight(int entry, int weight) {
        return new RawSynapseQuad(quad, values.with("weights", entry, weight));
    }

    /** With another label 0..63 of entry 0..3. Default 0. */
    public RawSynapseQuad withLabel(int entry, int label) {
        return new RawSynapseQuad(quad, values.with("labels", entry, label));
    }

    /** With another correlation time calibration 0..3 of entry 0..3. Default 0. */
    public RawSynapseQuad withTimeCalib(int entry, int calib) {
        return new RawSynapseQuad(quad, values.with("time_calibs", entry, calib));
    }

    /** With another correlation amplitude calibration 0..3 of entry 0..3. Default 0. */
    public RawSynapseQuad withAmpCalib(int entry, int calib) {
        return new RawSynapseQuad(quad, values.with("amp_calibs", entry, calib));
    }
}
