package firstspike.driver.coordinate;

import static firstspike.driver.error.ProgramRejectedException.Code.NO_SUCH_CROSSBAR_NODE;

import firstspike.driver.error.ProgramRejectedException;

/**
 * Meeting point of one crossbar input and one output, with a mask and a target of its own. Only 76 of the 240 pairs
 * have one; they are numbered by ascending input, then ascending output (registers.md 5.2).
 *
 * @param index number, 0..75
 */
public record CrossbarNode(int index) implements Comparable<CrossbarNode> {

    /** Nodes of the crossbar. */
    public static final int COUNT = 76;

    private static final int[] INPUT = new int[COUNT];
    private static final int[] OUTPUT = new int[COUNT];
    private static final int[][] NODE = new int[CrossbarInput.COUNT][CrossbarOutput.COUNT];

    static {
        int node = 0;
        for (int input = 0; input < CrossbarInput.COUNT; input++) {
            for (int output = 0; output < CrossbarOutput.COUNT; output++) {
                if (connects(input, output)) {
                    INPUT[node] = input;
                    OUTPUT[node] = output;
                    NODE[input][output] = node++;
                } else {
                    NODE[input][output] = -1;
                }
            }
        }
    }

    /** Checks the range: {@link IllegalArgumentException} outside 0..75. */
    public CrossbarNode {
        Bounds.check("CrossbarNode", index, COUNT);
    }

    /** The node with this number; {@link IllegalArgumentException} outside 0..75. */
    public static CrossbarNode of(int index) {
        return new CrossbarNode(index);
    }

    /**
     * The node that copies events of an input to an output.
     *
     * @throws ProgramRejectedException if the chip has no node there
     */
    public static CrossbarNode of(CrossbarOutput output, CrossbarInput input) {
        int node = NODE[input.index()][output.index()];
        if (node < 0) {
            throw new ProgramRejectedException(
                    NO_SUCH_CROSSBAR_NODE,
                    "crossbar node",
                    output + ", " + input,
                    "inputs " + inputsOf(output) + " reach this output",
                    "choose another input or output");
        }
        return new CrossbarNode(node);
    }

    /** Number of the node between an output 0..11 and an input 0..19, or -1 where there is none. */
    public static int indexOf(int output, int input) {
        return NODE[input][output];
    }

    /** Whether the chip has a node there. */
    public static boolean exists(CrossbarOutput output, CrossbarInput input) {
        return NODE[input.index()][output.index()] >= 0;
    }

    /** The input whose events it sees. */
    public CrossbarInput input() {
        return CrossbarInput.of(INPUT[index]);
    }

    /** The output that it copies to. */
    public CrossbarOutput output() {
        return CrossbarOutput.of(OUTPUT[index]);
    }

    @Override
    public int compareTo(CrossbarNode other) {
        return Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return "CrossbarNode(" + output() + ", " + input() + ")";
    }

    private static boolean connects(int input, int output) {
        if (input < CrossbarInput.FIRST_SPL1) {
            return output % 4 == input % 4;
        }
        if (input < CrossbarInput.FIRST_BACKGROUND) {
            return output < CrossbarOutput.FIRST_L2 || output == input;
        }
        int source = input - CrossbarInput.FIRST_BACKGROUND;
        return output == source || output == CrossbarOutput.FIRST_L2 + source % 4;
    }

    private static String inputsOf(CrossbarOutput output) {
        StringBuilder inputs = new StringBuilder();
        for (int input = 0; input < CrossbarInput.COUNT; input++) {
            if (connects(input, output.index())) {
                inputs.append(inputs.length() == 0 ? "" : ", ").append(input);
            }
        }
        return inputs.toString();
    }
}
