package firstspike.runtime.learning;

import jdk.incubator.vector.DoubleVector;

/** Loops by the Vector API where they pay, the others from {@link ScalarKernels}. Loaded by name only. */
final class VectorKernels extends Kernels {
    private static final int LANES = DoubleVector.SPECIES_PREFERRED.length();
    private static final int FEWEST_LANES = 4;
    /** Below so many neurons the inputs stand side by side. */
    private static final int FEW_LANES = 24;

    private final Kernels scalar = Kernels.scalar();

    @Override
    public String id() {
        return "vector of " + LANES;
    }

    @Override
    boolean fits() {
        return LANES >= FEWEST_LANES;
    }

    @Override
    Exponential exponential(int capacity) {
        return new VectorExponential(capacity);
    }

    @Override
    FirstSpikeKernel kernel(NeuronConstants neuron, int rows, int neurons) {
        return switch (neuron.ratio()) {
            case EQUAL -> new VectorEqualKernel(neuron, rows, neurons);
            case DOUBLE, OTHER -> scalar.kernel(neuron, rows, neurons);
        };
    }

    @Override
    LayerGradient gradient(LayerModel model, GradientSettings settings, GradientTally tally) {
        if (settings.rule() != LearningRule.CLOSED_FORM_EQUAL || model.size() == 0) {
            return scalar.gradient(model, settings, tally);
        }
        return model.size() >= FEW_LANES
                ? new VectorLaneGradient(model, settings, tally)
                : new VectorRowGradient(model, settings, tally);
    }
}
