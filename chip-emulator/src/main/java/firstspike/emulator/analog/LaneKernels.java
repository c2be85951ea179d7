package firstspike.emulator.analog;

/** Which kernel works: by the system property {@code firstspike.kernel}, or the best that there is. */
final class LaneKernels {
    private static final String PROPERTY = "firstspike.kernel";

    private LaneKernels() {}

    /**
     * {@code auto} (default): vectors if the Vector API is there and its vectors suit; {@code scalar}; {@code vector}.
     *
     * @throws IllegalArgumentException for another word, or where vectors are asked for and cannot be had
     */
    static LaneKernel best() {
        String wanted = System.getProperty(PROPERTY, "auto");
        boolean vectors =
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() && VectorLaneKernel.suits();
        switch (wanted) {
            case "auto":
                return vectors ? new VectorLaneKernel() : new ScalarLaneKernel();
            case "scalar":
                return new ScalarLaneKernel();
            case "vector":
                if (!vectors) {
                    throw new IllegalArgumentException(PROPERTY + ": vector (limit: a Java started with --add-modules"
                            + " jdk.incubator.vector on a processor with 4 or 8 doubles in a vector); use auto");
                }
                return new VectorLaneKernel();
            default:
                throw new IllegalArgumentException(
                        PROPERTY + ": " + wanted + " (limit: auto, scalar or vector); use auto");
        }
    }
}
