package firstspike.runtime.network;

/**
 * How the weight rows of a layer lie in its neurons: what a run keeps when it goes on, however its weights have grown.
 *
 * @param circuits neuron circuits of each neuron, 1 to 4
 * @param copies row pairs that each weight row takes, 1 to 32, which is all that one source can have
 */
public record LayerRows(int circuits, int[] copies) {

    private static final int MOST_CIRCUITS = 4;
    /** Circuits of a neuron times the drivers that hear one source. */
    private static final int MOST_COPIES = MOST_CIRCUITS * 8;

    /** Checks the ranges; throws {@link IllegalArgumentException} that names the value. */
    public LayerRows {
        if (circuits < 1 || circuits > MOST_CIRCUITS) {
            throw new IllegalArgumentException("circuits of a neuron : " + circuits + " (expected: 1 to 4)");
        }
        for (int row = 0; row < copies.length; row++) {
            if (copies[row] < 1 || copies[row] > MOST_COPIES) {
                throw new IllegalArgumentException(
                        "copies of row " + row + " : " + copies[row] + " (expected: 1 to " + MOST_COPIES + ")");
            }
        }
    }
}
