package firstspike.runtime.learning;

import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Optional;

/**
 * The hot loops of learning in one of their forms: plain Java, or the Vector API where this Java has its module ({@code java.md}
 * section 3.2). Both give the same bits; the system property {@value #PROPERTY} (scalar, vector, auto) chooses.
 */
public abstract class Kernels {
    /** Name of the system property. */
    public static final String PROPERTY = "firstspike.kernel";

    private static final String MODULE = "jdk.incubator.vector";

    /** Of the Vector API; only its name stands here, for without the module it cannot be loaded. */
    private static final String VECTOR = "firstspike.runtime.learning.VectorKernels";

    private static final String AUTO = "auto";

    Kernels() {}

    /**
     * The form that the property asks for; without it the vector form where there is one.
     *
     * @return the same form in every call
     * @throws IllegalArgumentException for another word, or when the vector form was asked for and this Java has none
     */
    public static Kernels chosen() {
        return Chosen.KERNELS;
    }

    /**
     * The form in plain Java.
     *
     * @return always there
     */
    public static Kernels scalar() {
        return new ScalarKernels();
    }

    /**
     * The form by the Vector API.
     *
     * @return empty where the module is not resolved or vectors of this machine hold fewer than 4 numbers
     */
    public static Optional<Kernels> vector() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return Optional.empty();
        }
        try {
            Kernels kernels =
                    (Kernels) Class.forName(VECTOR).getDeclaredConstructor().newInstance();
            return kernels.fits() ? Optional.of(kernels) : Optional.empty();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(VECTOR, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(VECTOR, e);
        }
    }

    /**
     * The form that a word asks for.
     *
     * @param word scalar, vector or auto
     * @return the form
     * @throws IllegalArgumentException as {@link #chosen()}
     */
    static Kernels of(String word) {
        return switch (word) {
            case "scalar" -> scalar();
            case "vector" ->
                vector().orElseThrow(() -> new IllegalArgumentException(PROPERTY
                        + " : vector (expected: scalar or auto, for this Java runs without " + MODULE
                        + " or on short vectors); start it with --add-modules " + MODULE));
            case AUTO -> vector().orElseGet(Kernels::scalar);
            default ->
                throw new IllegalArgumentException(PROPERTY + " : " + word + " (expected: scalar, vector or auto)");
        };
    }

    /**
     * Name of the form, for reports.
     *
     * @return "scalar", or "vector" with the numbers of a vector
     */
    public abstract String id();

    /** Whether this machine is worth it. */
    abstract boolean fits();

    /** The exponential of many numbers at a time. */
    abstract Exponential exponential(int capacity);

    /** First spikes of up to so many equal neurons. */
    abstract FirstSpikeKernel kernel(NeuronConstants neuron, int rows, int neurons);

    /** First spikes of a layer. */
    final FirstSpikeKernel kernel(LayerModel model) {
        return kernel(model.neuron(), model.rows(), model.size());
    }

    /** Gradient of a layer by the rule of the settings. */
    abstract LayerGradient gradient(LayerModel model, GradientSettings settings, GradientTally tally);

    @Override
    public final String toString() {
        return id();
    }

    /** Chosen when first asked for. */
    private static final class Chosen {
        static final Kernels KERNELS = of(System.getProperty(PROPERTY, AUTO).toLowerCase(Locale.ROOT));
    }
}
