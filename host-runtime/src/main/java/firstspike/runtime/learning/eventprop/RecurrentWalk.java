package firstspike.runtime.learning.eventprop;

import java.util.Arrays;

/**
 * Exact spikes of one recurrent layer in one sample: always the earliest of the next arrival and the earliest spike that would come
 * ({@code eventprop.md} section 2). Mutable scratch, one owner thread.
 */
final class RecurrentWalk {
    private static final int INITIAL = 64;

    private final TrainLayer layer;
    private final double delay;
    private final double tEnd;
    private final SpikeGuard guard;
    private final NeuronStates states;
    private final double[] candidate;
    /** Spikes on their way to this layer; the delay is the same for all, so they arrive in order. */
    private double[] queueTime = new double[INITIAL];

    private int[] queueRow = new int[INITIAL];
    private int head;
    private int tail;
    private int[] instant = new int[INITIAL];

    RecurrentWalk(TrainLayer layer, double tEnd, SpikeGuard guard) {
        this.layer = layer;
        this.delay = layer.recurrentDelay().orElseThrow();
        this.tEnd = tEnd;
        this.guard = guard;
        states = new NeuronStates(layer);
        candidate = new double[layer.size()];
    }

    void run(Arrivals arrivals, double[] weights, SpikeBuffer out) {
        out.clear();
        head = 0;
        tail = 0;
        if (arrivals.count == 0) {
            return;
        }
        states.rest(arrivals.time[0]);
        Arrays.fill(candidate, Double.POSITIVE_INFINITY);
        int external = 0;
        while (true) {
            double next = next(arrivals, external);
            int earliest = earliest();
            double spike = earliest < 0 ? Double.POSITIVE_INFINITY : candidate[earliest];
            if (spike <= Math.min(next, tEnd) && spike < Double.POSITIVE_INFINITY) {
                fire(earliest, spike, out);
                candidate[earliest] = states.candidate(earliest, Math.min(next(arrivals, external), tEnd));
            } else if (next <= tEnd && next < Double.POSITIVE_INFINITY) {
                external = arrive(arrivals, external, next, weights);
            } else {
                return;
            }
        }
    }

    private double next(Arrivals arrivals, int external) {
        double outside = external < arrivals.count ? arrivals.time[external] : Double.POSITIVE_INFINITY;
        return head < tail ? Math.min(outside, queueTime[head]) : outside;
    }

    private int earliest() {
        int best = -1;
        double time = Double.POSITIVE_INFINITY;
        for (int n = 0; n < candidate.length; n++) {
            if (candidate[n] < time) {
                time = candidate[n];
                best = n;
            }
        }
        return best;
    }

    private void fire(int n, double at, SpikeBuffer out) {
        guard.count(n, at);
        states.spike(n, at);
        out.add(n, at);
        if (tail == queueTime.length) {
            queueTime = Arrays.copyOf(queueTime, 2 * tail);
            queueRow = Arrays.copyOf(queueRow, 2 * tail);
        }
        queueTime[tail] = at + delay;
        queueRow[tail++] = layer.feedRows() + n;
    }

    /** Everything of one instant; returns the first external arrival after it. */
    private int arrive(Arrivals arrivals, int from, double at, double[] weights) {
        int external = from;
        int count = 0;
        while (external < arrivals.count && arrivals.time[external] == at) {
            count = push(count, arrivals.row[external++]);
        }
        while (head < tail && queueTime[head] == at) {
            count = push(count, queueRow[head++]);
        }
        for (int n = 0; n < layer.size(); n++) {
            states.move(n, at);
        }
        states.arrive(instant, 0, count, weights);
        double horizon = Math.min(next(arrivals, external), tEnd);
        for (int n = 0; n < layer.size(); n++) {
            candidate[n] = states.candidate(n, horizon);
        }
        return external;
    }

    private int push(int count, int row) {
        if (count == instant.length) {
            instant = Arrays.copyOf(instant, 2 * count);
        }
        instant[count] = row;
        return count + 1;
    }
}
