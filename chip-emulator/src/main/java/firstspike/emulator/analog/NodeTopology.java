package firstspike.emulator.analog;

import java.util.Arrays;

/**
 * Which circuits form one electrical node: membranes and somatic lines joined by closed switches (registers.md 6.1,
 * analog.md 8). A node is named by its lowest circuit. Lines do not cross from column 127 to 128; a switch that asks for
 * it is ignored. Immutable.
 */
final class NodeTopology {
    private static final int N = FixedPattern.CIRCUITS;
    private static final int ROW = 256;
    private static final int HALF = 128;

    /** Node of each circuit. */
    final int[] nodeOf = new int[N];
    /** Position of the node's first circuit in {@link #members}, by node. */
    final int[] first = new int[N];
    /** Circuits of the node, by node; 0 for a circuit that does not name a node. */
    final int[] count = new int[N];
    /** Circuits, node after node, ascending within each. */
    final int[] members = new int[N];
    /**
     * By circuit: the somatic line to which its membrane is coupled by a conductance, or -1. A line that a switch joins to
     * membranes has the number of their node; one without has a number from 512 on.
     */
    final int[] coupledLine = new int[N];
    /** By node: all nodes that conductances couple with it, itself included, ascending; one node shares its array. */
    final int[][] coupledNodes = new int[N][];

    NodeTopology(CircuitWords words) {
        int[] parent = new int[2 * N];
        for (int line = 0; line < 2 * N; line++) {
            parent[line] = line;
        }
        for (int c = 0; c < N; c++) {
            boolean right = (c & HALF - 1) != HALF - 1;
            if (words.connectSoma(c)) {
                join(parent, c, N + c);
            }
            if (right && words.connectSomaRight(c)) {
                join(parent, N + c, N + c + 1);
            }
            if (right && words.connectMembraneRight(c)) {
                join(parent, c, c + 1);
            }
            if (words.connectBottom(c)) {
                join(parent, c & ROW - 1, c & ROW - 1 | ROW);
            }
        }
        for (int c = 0; c < N; c++) {
            nodeOf[c] = root(parent, c);
            count[nodeOf[c]]++;
        }
        int at = 0;
        for (int node = 0; node < N; node++) {
            first[node] = at;
            at += count[node];
        }
        int[] next = first.clone();
        for (int c = 0; c < N; c++) {
            members[next[nodeOf[c]]++] = c;
        }
        couple(words, parent);
    }

    private void couple(CircuitWords words, int[] parent) {
        int[] with = new int[2 * N];
        for (int i = 0; i < 2 * N; i++) {
            with[i] = i;
        }
        for (int c = 0; c < N; c++) {
            int line = root(parent, N + c);
            boolean coupled = words.multicompConductance(c) && line != nodeOf[c];
            coupledLine[c] = coupled ? line : -1;
            if (coupled) {
                join(with, nodeOf[c], line);
            }
        }
        int[] size = new int[2 * N];
        for (int node = 0; node < N; node++) {
            size[root(with, node)] += count[node] > 0 ? 1 : 0;
        }
        for (int node = 0; node < N; node++) {
            if (count[node] > 0) {
                int leader = root(with, node);
                if (coupledNodes[leader] == null) {
                    coupledNodes[leader] = new int[size[leader]];
                    size[leader] = 0;
                }
                coupledNodes[leader][size[leader]++] = node;
                coupledNodes[node] = coupledNodes[leader];
            }
        }
    }

    /** Whether a conductance couples a node with others. */
    boolean coupled(int node) {
        return coupledNodes[node] != null && coupledNodes[node].length > 1;
    }

    /** Whether a node of both topologies is coupled with the same nodes in both. */
    boolean sameCoupling(NodeTopology other, int node) {
        return Arrays.equals(coupledNodes[node], other.coupledNodes[node]);
    }

    private static int root(int[] parent, int line) {
        int at = line;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    // the lower number stays the root, so a node that holds a membrane is named by its lowest circuit
    private static void join(int[] parent, int a, int b) {
        int ra = root(parent, a);
        int rb = root(parent, b);
        if (ra < rb) {
            parent[rb] = ra;
        } else {
            parent[ra] = rb;
        }
    }

    /** Whether a switch of this circuit asks for a connection over the border of the two halves of a row. */
    static boolean asksOverBorder(CircuitWords words, int circuit) {
        return (circuit & HALF - 1) == HALF - 1
                && (words.connectSomaRight(circuit) || words.connectMembraneRight(circuit));
    }
}
