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
    /** A circuit whose conductance couples two nodes, or -1. */
    final int coupled;

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
        coupled = firstCoupled(words, parent);
    }

    // a conductance matters only when the somatic line leads to some other membrane
    private static int firstCoupled(CircuitWords words, int[] parent) {
        int[] behind = new int[2 * N];
        Arrays.fill(behind, -1);
        for (int c = 0; c < N; c++) {
            behind[root(parent, c)] = root(parent, c);
        }
        for (int c = 0; c < N; c++) {
            if (words.multicompConductance(c)) {
                int soma = root(parent, N + c);
                int membrane = root(parent, c);
                if (soma != membrane && behind[soma] >= 0 && behind[soma] != membrane) {
                    return c;
                }
                if (soma != membrane) {
                    behind[soma] = membrane;
                }
            }
        }
        return -1;
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
