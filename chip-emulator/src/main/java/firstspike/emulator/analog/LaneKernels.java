package firstspike.emulator.analog;

import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Optional;

/**
 * The forms of the {@link LaneKernel}: plain loops, or the Vector API where this Java has its module (java.md 3.2). The system
 * property {@value #PROPERTY} (scalar, vector, auto) chooses, as it does for the loops of learning.
 */
final class LaneKernels {
    static final String PROPERTY = "firstspike.kernel";

    private static final String MODULE = "jdk.incubator.vector";
    /** Only its name stands here, for without the module it cannot be loaded. */
    private static final String VECTOR = "firstspike.emulator.analog.VectorLaneKernel";

    private LaneKernels() {}

    /**
     * A new kernel of the form that the property asks for; without it, of vectors where there are and as soon as they pay.
     *
     * @throws IllegalArgumentException for another word, or where vectors are asked for and cannot be had
     */
    static LaneKernel chosen() {
        String word = System.getProperty(PROPERTY, "auto").toLowerCase(Locale.ROOT);
        return switch (word) {
            case "scalar" -> new ScalarLaneKernel();
            case "auto" ->
                vector().<LaneKernel>map(vectors -> new WarmingLaneKernel(new ScalarLaneKernel(), vectors))
                        .orElseGet(ScalarLaneKernel::new);
            case "vector" ->
                vector().orElseThrow(() -> new IllegalArgumentException(PROPERTY + ": vector (expected: scalar or auto,"
                        + " for this Java runs without " + MODULE + " or its vectors do not hold 4 or 8 numbers);"
                        + " start it with --add-modules " + MODULE));
            default ->
                throw new IllegalArgumentException(PROPERTY + ": " + word + " (expected: scalar, vector or auto)");
        };
    }

    /** The kernel of vectors; empty where the module is not resolved or blocks are no whole number of vectors. */
    static Optional<LaneKernel> vector() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return Optional.empty();
        }
        try {
            LaneKernel kernel =
                    (LaneKernel) Class.forName(VECTOR).getDeclaredConstructor().newInstance();
            return kernel.suits() ? Optional.of(kernel) : Optional.empty();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(VECTOR, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(VECTOR, e);
        }
    }
}
