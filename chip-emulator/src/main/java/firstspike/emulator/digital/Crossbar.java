package firstspike.emulator.digital;

import java.util.Arrays;

/**
 * The crossbar: 20 inputs, 12 outputs, 76 nodes with a queue each, round robin per output, and its counters
 * (playback.md 5.3, 5.5; registers.md 9). Inputs 0 to 7 are neuron event outputs, 8 to 11 L2 channels, 12 to 19
 * background sources; outputs 0 to 7 PADI buses, 8 to 11 L2. Mutable; owned by one thread.
 */
final class Crossbar {
    static final int INPUTS = 20;
    static final int OUTPUTS = 12;
    static final int NODES = 76;
    static final int FIRST_L2_OUTPUT = 8;
    static final int FIRST_CHANNEL = 8;

    private static final int LABEL_MASK = 0x3FFF;
    private static final int DROP_MASK = 0xFFFF;
    private static final int EVENT_MASK = 0xFF_FFFF;
    private static final long LONG_AGO = Long.MIN_VALUE / 2;

    /** First node of each input, and the number of nodes as a last entry. */
    private static final int[] FIRST_NODE = new int[INPUTS + 1];
    /** Output of each node. */
    private static final int[] NODE_OUTPUT = new int[NODES];
    /** Node of [INPUTS·output + input], where there is one. */
    private static final int[] NODE_AT = new int[OUTPUTS * INPUTS];

    static {
        int node = 0;
        for (int input = 0; input < INPUTS; input++) {
            FIRST_NODE[input] = node;
            for (int output = 0; output < OUTPUTS; output++) {
                if (exists(input, output)) {
                    NODE_OUTPUT[node] = output;
                    NODE_AT[INPUTS * output + input] = node++;
                }
            }
        }
        FIRST_NODE[INPUTS] = node;
    }

    private final ChipTiming timing;
    private final int depth;
    private final int[] mask = new int[NODES];
    private final int[] target = new int[NODES];
    private final boolean[] countsDrops = new boolean[NODES];
    private final short[] queue;
    private final int[] head = new int[NODES];
    private final int[] length = new int[NODES];

    private int outputConfig;
    /** Per output, bit i: the node of input i holds a copy. */
    private final int[] ready = new int[OUTPUTS];
    /** Bit o: an output has a copy waiting. */
    private int active;

    private final int[] lastServed = new int[OUTPUTS];
    private final long[] lastWaiting = new long[OUTPUTS];
    private final long[] lastTaken = new long[OUTPUTS];

    private final int[] dropCounter = new int[INPUTS];
    private final int[] eventCounter = new int[OUTPUTS];
    private long lost;

    Crossbar(ChipTiming timing) {
        this.timing = timing;
        depth = timing.nodeFifo();
        queue = new short[NODES * depth];
        reset();
    }

    Crossbar(Crossbar other) {
        this(other.timing);
        System.arraycopy(other.mask, 0, mask, 0, NODES);
        System.arraycopy(other.target, 0, target, 0, NODES);
        System.arraycopy(other.countsDrops, 0, countsDrops, 0, NODES);
        System.arraycopy(other.queue, 0, queue, 0, queue.length);
        System.arraycopy(other.head, 0, head, 0, NODES);
        System.arraycopy(other.length, 0, length, 0, NODES);
        System.arraycopy(other.ready, 0, ready, 0, OUTPUTS);
        System.arraycopy(other.lastServed, 0, lastServed, 0, OUTPUTS);
        System.arraycopy(other.lastWaiting, 0, lastWaiting, 0, OUTPUTS);
        System.arraycopy(other.lastTaken, 0, lastTaken, 0, OUTPUTS);
        System.arraycopy(other.dropCounter, 0, dropCounter, 0, INPUTS);
        System.arraycopy(other.eventCounter, 0, eventCounter, 0, OUTPUTS);
        outputConfig = other.outputConfig;
        active = other.active;
        lost = other.lost;
    }

    /** Whether a node joins the input and the output (registers.md 5.2). */
    static boolean exists(int input, int output) {
        if (input < FIRST_CHANNEL) {
            return output % 4 == input % 4;
        }
        if (input < 12) {
            return output < FIRST_L2_OUTPUT || output == input;
        }
        return output == input - 12 || output == FIRST_L2_OUTPUT + input % 4;
    }

    /** A crossbar with the same filters in which nothing has happened yet, for a window of its own. */
    Crossbar forWindow() {
        Crossbar window = new Crossbar(timing);
        System.arraycopy(mask, 0, window.mask, 0, NODES);
        System.arraycopy(target, 0, window.target, 0, NODES);
        System.arraycopy(countsDrops, 0, window.countsDrops, 0, NODES);
        window.outputConfig = outputConfig;
        return window;
    }

    /** Adds what an earlier crossbar, empty now, has counted, and its round robin where this one served nobody. */
    void continueFrom(Crossbar earlier) {
        for (int i = 0; i < INPUTS; i++) {
            dropCounter[i] = dropCounter[i] + earlier.dropCounter[i] & DROP_MASK;
        }
        for (int o = 0; o < OUTPUTS; o++) {
            eventCounter[o] = eventCounter[o] + earlier.eventCounter[o] & EVENT_MASK;
            if (lastWaiting[o] == LONG_AGO) {
                lastWaiting[o] = earlier.lastWaiting[o];
                lastServed[o] = earlier.lastServed[o];
                lastTaken[o] = earlier.lastTaken[o];
            }
        }
        lost += earlier.lost;
    }

    /** Chip reset: everything passes, queues and counters are empty; what was lost so far stays known. */
    void reset() {
        Arrays.fill(mask, 0);
        Arrays.fill(target, 0);
        Arrays.fill(countsDrops, false);
        Arrays.fill(length, 0);
        Arrays.fill(ready, 0);
        Arrays.fill(dropCounter, 0);
        Arrays.fill(eventCounter, 0);
        Arrays.fill(lastTaken, LONG_AGO);
        active = 0;
        outputConfig = 0;
        restartArbitration();
    }

    /** Every output begins its round robin with input 0. */
    void restartArbitration() {
        Arrays.fill(lastServed, INPUTS - 1);
        Arrays.fill(lastWaiting, LONG_AGO);
    }

    /** Takes over a stored CrossbarNode word. */
    void configureNode(int node, int word) {
        mask[node] = word & LABEL_MASK;
        target[node] = word >>> 16 & LABEL_MASK;
        countsDrops[node] = word < 0;
    }

    /** Takes over the stored CrossbarOutputConfig word. */
    void configureOutputs(int word) {
        outputConfig = word;
    }

    /** Outputs that an event of an input reaches, bit o, were nothing full. */
    int route(int input, int label) {
        int outputs = 0;
        for (int node = FIRST_NODE[input]; node < FIRST_NODE[input + 1]; node++) {
            if ((label & mask[node]) == target[node]) {
                outputs |= 1 << NODE_OUTPUT[node];
            }
        }
        return outputs;
    }

    /** An output for which nothing waits takes an event of an input at once, as {@link #take} would. */
    void takeDirectly(int output, int input, long tick) {
        lastWaiting[output] = tick;
        lastTaken[output] = tick;
        lastServed[output] = input;
        if ((outputConfig >>> 4 + output & 1) != 0) {
            eventCounter[output] = eventCounter[output] + 1 & EVENT_MASK;
        }
    }

    /** Whether an output is throttled. */
    boolean isAnySlow() {
        return (outputConfig & 15) != 0;
    }

    /** Whether every node that passes the label has room for it. */
    boolean accepts(int input, int label) {
        for (int node = FIRST_NODE[input]; node < FIRST_NODE[input + 1]; node++) {
            if ((label & mask[node]) == target[node] && length[node] == depth) {
                return false;
            }
        }
        return true;
    }

    /** An event arrives: a copy enters each node that passes it, or is lost where the node is full. */
    void offer(int input, int label) {
        for (int node = FIRST_NODE[input]; node < FIRST_NODE[input + 1]; node++) {
            if ((label & mask[node]) == target[node]) {
                int waiting = length[node];
                if (waiting == depth) {
                    lose(input, node);
                } else {
                    int slot = head[node] + waiting;
                    queue[node * depth + (slot < depth ? slot : slot - depth)] = (short) label;
                    length[node] = waiting + 1;
                    int output = NODE_OUTPUT[node];
                    ready[output] |= 1 << input;
                    active |= 1 << output;
                }
            }
        }
    }

    private void lose(int input, int node) {
        lost++;
        if (countsDrops[node]) {
            dropCounter[input] = dropCounter[input] + 1 & DROP_MASK;
        }
    }

    /** An event is lost in the queue of an L2 channel, 0 to 3. */
    void loseInChannel(int channel) {
        lost++;
        int input = FIRST_CHANNEL + channel;
        for (int node = FIRST_NODE[input]; node < FIRST_NODE[input + 1]; node++) {
            if (countsDrops[node]) {
                dropCounter[input] = dropCounter[input] + 1 & DROP_MASK;
                return;
            }
        }
    }

    /** Bit o is set where output o has a copy waiting. */
    int activeOutputs() {
        return active;
    }

    /**
     * An output that has a copy waiting takes one, unless it is throttled.
     *
     * @return the 14-bit label, or -1
     */
    int take(int output, long tick) {
        if (tick - lastWaiting[output] >= timing.arbiterIdle()) {
            lastServed[output] = INPUTS - 1;
        }
        lastWaiting[output] = tick;
        boolean slow = output >= FIRST_L2_OUTPUT && (outputConfig >>> output - FIRST_L2_OUTPUT & 1) != 0;
        if (slow && tick - lastTaken[output] < 2) {
            return -1;
        }
        lastTaken[output] = tick;
        int behind = ready[output] & -2 << lastServed[output];
        int input = Integer.numberOfTrailingZeros(behind != 0 ? behind : ready[output]);
        lastServed[output] = input;
        int node = NODE_AT[INPUTS * output + input];
        int label = queue[node * depth + head[node]];
        head[node] = head[node] + 1 == depth ? 0 : head[node] + 1;
        if (--length[node] == 0) {
            ready[output] &= ~(1 << input);
            if (ready[output] == 0) {
                active &= ~(1 << output);
            }
        }
        if ((outputConfig >>> 4 + output & 1) != 0) {
            eventCounter[output] = eventCounter[output] + 1 & EVENT_MASK;
        }
        return label;
    }

    /** Copies that wait for L2 outputs. */
    int waitingForL2() {
        int waiting = 0;
        for (int node = 0; node < NODES; node++) {
            waiting += NODE_OUTPUT[node] >= FIRST_L2_OUTPUT ? length[node] : 0;
        }
        return waiting;
    }

    /** Whether no output had a copy waiting within ARB_IDLE before the tick. */
    boolean idleAt(long tick) {
        for (long last : lastWaiting) {
            if (tick - last < timing.arbiterIdle()) {
                return false;
            }
        }
        return active == 0;
    }

    int dropCounter(int input) {
        return dropCounter[input];
    }

    int eventCounter(int output) {
        return eventCounter[output];
    }

    /** Copies lost since power-on, whether or not a counter saw them. */
    long lost() {
        return lost;
    }
}
