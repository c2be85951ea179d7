package firstspike.experiments.sweep;

/**
 * Why a point has no result.
 *
 * @param exit what a command would have exited with
 * @param message one line, or one a mistake
 */
public record PointFailure(int exit, String message) {

    private static final int LOST = 4;
    private static final int BUSY = 8;

    /** Whether the same may work a moment later: the target was lost or busy. */
    boolean mayPass() {
        return exit == LOST || exit == BUSY;
    }
}
