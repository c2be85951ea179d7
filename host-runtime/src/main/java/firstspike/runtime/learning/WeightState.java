package firstspike.runtime.learning;

/** What of a learner is stored in a checkpoint: weights, optimiser, rescue. One owner thread. */
public interface WeightState {
    /**
     * The shadow weights.
     *
     * @return the live arrays, one per layer (presynaptic, postsynaptic)
     */
    double[][] weights();

    /**
     * The optimiser, to store and restore its state.
     *
     * @return the live object
     */
    Optimizer optimizer();

    /**
     * The rescue, to store and restore its state.
     *
     * @return the live object, null without rescue
     */
    SilentNeuronRescue rescue();
}
