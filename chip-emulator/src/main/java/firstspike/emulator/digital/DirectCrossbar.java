package firstspike.emulator.digital;

import java.util.Arrays;

/**
 * The short way through the crossbar for events that meet nobody (playback.md 5.3): they are collected up to the tick in
 * which outputs take, with the outputs that they reach, and where no two want the same one, each output takes its event at once.
 * Otherwise all of them go into the queues of the {@link Crossbar}, which arbitrates as ever. Owned by one thread.
 */
final class DirectCrossbar {
    private static final long NEVER = Long.MAX_VALUE;
    private static final int MOST = 32;
    private static final int LABELS = 1 << 14;
    private static final int BUS_LABELS = 1 << 11;
    private static final int CHANNELS = 4;

    private final Crossbar crossbar;
    /** Outputs that an event reaches, by channel and label, and by label of a neuron event output; -1: not looked up. */
    private final short[] ofChannel;

    private final short[] ofNeuron;
    /** By bus and label: whether channels bring it. */
    private final boolean[] fromChannels;

    private final int[] input = new int[MOST];
    private final int[] label = new int[MOST];
    private final int[] outputs = new int[MOST];
    private int size;
    private int taken;
    private long takeTick = NEVER;
    private final int[] labelOf = new int[Crossbar.OUTPUTS];

    DirectCrossbar(Crossbar crossbar) {
        this(crossbar, new short[CHANNELS * LABELS], new short[BUS_LABELS], new boolean[8 * BUS_LABELS]);
        forgetRoutes();
    }

    private DirectCrossbar(Crossbar crossbar, short[] ofChannel, short[] ofNeuron, boolean[] fromChannels) {
        this.crossbar = crossbar;
        this.ofChannel = ofChannel;
        this.ofNeuron = ofNeuron;
        this.fromChannels = fromChannels;
    }

    /** The same routes in front of another crossbar with the same filters; threads may look routes up at a time. */
    DirectCrossbar over(Crossbar other) {
        return new DirectCrossbar(other, ofChannel, ofNeuron, fromChannels);
    }

    /** The filters of the crossbar changed. */
    void forgetRoutes() {
        Arrays.fill(ofChannel, (short) -1);
        Arrays.fill(ofNeuron, (short) -1);
        Arrays.fill(fromChannels, false);
    }

    /** Whether an event of a bus, numbered by bus and label of 11 bits, is one that channels bring. */
    boolean fromChannels(int event) {
        return fromChannels[event];
    }

    /** When outputs take what was collected, {@link Long#MAX_VALUE} if there is nothing. */
    long takeTick() {
        return takeTick;
    }

    /** An event of a channel, with its label of 14 bits, arrives and is taken in a tick. */
    void fromChannel(int channel, int eventLabel, long tick) {
        int at = channel << 14 | eventLabel;
        int route = ofChannel[at];
        if (route < 0) {
            route = crossbar.route(Crossbar.FIRST_CHANNEL + channel, eventLabel);
            for (int bus = 0; bus < Crossbar.FIRST_L2_OUTPUT; bus++) {
                if ((route >> bus & 1) != 0) {
                    fromChannels[bus * BUS_LABELS | eventLabel & BUS_LABELS - 1] = true;
                }
            }
            ofChannel[at] = (short) route;
        }
        add(Crossbar.FIRST_CHANNEL + channel, eventLabel, route, tick);
    }

    /** An event of a neuron event output arrives and is taken in a tick. */
    void fromNeuron(int output, int eventLabel, long tick) {
        int route = ofNeuron[eventLabel];
        if (route < 0) {
            route = crossbar.route(output, eventLabel);
            ofNeuron[eventLabel] = (short) route;
        }
        add(output, eventLabel, route, tick);
    }

    private void add(int ofInput, int eventLabel, int route, long tick) {
        if (crossbar.activeOutputs() != 0) {
            flush();
            crossbar.offer(ofInput, eventLabel);
        } else if (route != 0) {
            takeTick = tick;
            input[size] = ofInput;
            label[size] = eventLabel;
            outputs[size++] = route;
            if ((taken & route) != 0 || size == MOST) {
                flush();
            } else {
                taken |= route;
            }
        }
    }

    /** What was collected goes into the queues. */
    void flush() {
        for (int i = 0; i < size; i++) {
            crossbar.offer(input[i], label[i]);
        }
        clear();
    }

    private void clear() {
        size = 0;
        taken = 0;
        takeTick = NEVER;
    }

    /**
     * The outputs take what was collected, each its event.
     *
     * @return the outputs, bit o; {@link #label} tells what each took
     */
    int take(long tick) {
        int all = taken;
        for (int i = 0; i < size; i++) {
            for (int left = outputs[i]; left != 0; left &= left - 1) {
                int o = Integer.numberOfTrailingZeros(left);
                labelOf[o] = label[i];
                crossbar.takeDirectly(o, input[i], tick);
            }
        }
        clear();
        return all;
    }

    /** What an output took. */
    int label(int output) {
        return labelOf[output];
    }
}
