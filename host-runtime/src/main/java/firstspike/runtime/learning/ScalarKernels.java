package firstspike.runtime.learning;

/** Plain Java: neurons one after the other, or in loops that the compiler may turn into vector instructions. */
final class ScalarKernels extends Kernels {
    /** Below so many neurons loops over them do not pay. */
    private static final int FEW_LANES = 24;

    @Override
    public String id() {
        return "scalar";
    }

    @Override
    boolean fits() {
        return true;
    }

    @Override
    Exponential exponential(int capacity) {
        return new Exponential(capacity);
    }

    @Override
    FirstSpikeKernel kernel(NeuronConstants neuron, int rows, int neurons) {
        return FirstSpikeKernel.of(neuron, rows, neurons);
    }

    @Override
    LayerGradient gradient(LayerModel model, GradientSettings settings, GradientTally tally) {
        return settings.rule() == LearningRule.CLOSED_FORM_EQUAL && model.size() >= FEW_LANES
                ? new LaneGradient(model, settings, tally)
                : new NeuronGradient(model, settings, tally);
    }
}
