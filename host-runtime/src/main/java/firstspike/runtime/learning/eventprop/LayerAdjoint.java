package firstspike.runtime.learning.eventprop;

import firstspike.runtime.learning.GradientSettings;
import firstspike.runtime.learning.Membrane;
import java.util.Arrays;
import java.util.List;

/**
 * Exact gradients of one layer in one sample ({@code eventprop.md} sections 3 and 4). Forwards it runs the membranes through
 * arrivals and spikes as they are, computed or measured, and keeps slope and current at the release of each spike; backwards it
 * carries two numbers a neuron, p to the membrane and q to the current. All neurons go back together from arrival to arrival, so a
 * recurrent layer needs nothing else: what a spike causes has been seen when its neuron comes to it. Mutable scratch, one owner
 * thread.
 */
final class LayerAdjoint {
    private final TrainLayer layer;
    private final GradientSettings settings;
    private final double forcedMargin;
    private final double delay;
    private final int size;
    private final Membrane[] membranes;
    private final double[] tauMem;
    private final double[] tauSyn;
    private final double[] capacitance;
    private final double[] threshold;
    private final double[] reset;
    private final double[] refractory;
    private final double[] holdoff;
    private final Arrivals arrivals = new Arrivals();

    // of the intervals before each arrival, where all neurons share their constants
    private double[] mem = new double[0];
    private double[] syn = new double[0];
    private double[] response = new double[0];

    // of each neuron on its way
    private final double[] u;
    private final double[] j;
    private final double[] now;
    private final double[] release;
    private final int[] at;
    private final double[] end;
    private final double[] p;
    private final double[] q;
    private final boolean[] clamped;

    // of each spike of the sample
    private double[] slope = new double[0];
    private double[] currentAtRelease = new double[0];
    private boolean[] released = new boolean[0];
    private boolean[] forced = new boolean[0];
    private double[] excess = new double[0];
    private double[] hangsOn = new double[0];
    private double[] lowered = new double[0];

    private final double[] column;
    private final double[] scratch;
    private final double[] worst;
    private final boolean[] touched;

    private SpikeTrains trains;
    private int base;
    private int spikesBelow;
    private List<Probe> probes = List.of();
    private boolean[] pending = new boolean[0];
    private TrainTally tally;
    private int sample;

    LayerAdjoint(TrainLayer layer, GradientSettings settings, double forcedMargin) {
        this.layer = layer;
        this.settings = settings;
        this.forcedMargin = forcedMargin;
        delay = layer.recurrentDelay().orElse(0);
        size = layer.size();
        membranes = new Membrane[size];
        tauMem = new double[size];
        tauSyn = new double[size];
        capacitance = new double[size];
        threshold = new double[size];
        reset = new double[size];
        refractory = new double[size];
        holdoff = new double[size];
        Membrane shared = layer.uniform() ? new Membrane(layer.neuron(0).constants()) : null;
        for (int n = 0; n < size; n++) {
            SpikingNeuron neuron = layer.neuron(n);
            membranes[n] = shared == null ? new Membrane(neuron.constants()) : shared;
            tauMem[n] = neuron.constants().tauMem();
            tauSyn[n] = neuron.constants().tauSyn();
            capacitance[n] = neuron.constants().capacitance();
            threshold[n] = neuron.constants().thresholdDistance();
            reset[n] = neuron.resetDistance();
            refractory[n] = neuron.refractory();
            holdoff[n] = neuron.holdoff();
        }
        u = new double[size];
        j = new double[size];
        now = new double[size];
        release = new double[size];
        at = new int[size];
        end = new double[size];
        p = new double[size];
        q = new double[size];
        clamped = new boolean[size];
        column = new double[layer.weights()];
        scratch = new double[layer.rows()];
        worst = new double[size];
        touched = new boolean[layer.rows()];
    }

    /**
     * Runs the membranes through a sample.
     *
     * @param sources trains of the layer below, or of the inputs
     * @param own trains of this layer
     * @param of sample of both
     * @param weights row-major (row, neuron)
     * @param wishes probes of this layer, most layers have none
     * @param counts receives what is counted
     */
    void forward(
            SpikeTrains sources, SpikeTrains own, int of, double[] weights, List<Probe> wishes, TrainTally counts) {
        trains = own;
        sample = of;
        base = own.begin(of, 0);
        probes = wishes;
        tally = counts;
        TrainForward.arrivals(layer, sources, of, arrivals);
        if (layer.recurrentDelay().isPresent()) {
            arrivals.add(own, of, delay, layer.feedRows(), spikes(sources, of));
        }
        spikesBelow = spikes(sources, of);
        arrivals.sort();
        int spikes = size == 0 ? 0 : own.end(of, size - 1) - base;
        ensure(spikes);
        Arrays.fill(hangsOn, 0, spikes, 0);
        Arrays.fill(lowered, 0, spikes, 0);
        Arrays.fill(released, 0, spikes, false);
        Arrays.fill(forced, 0, spikes, false);
        begin();
        shareDecays();
        for (int k = 0; k < arrivals.count; ) {
            int next = arrivals.instantEnd(k);
            for (int n = 0; n < size; n++) {
                if (now[n] < end[n]) {
                    moveShared(n, k);
                }
            }
            NeuronStates.arrive(arrivals.row, k, next, weights, capacitance, j, scratch);
            k = next;
        }
        for (int n = 0; n < size; n++) {
            if (now[n] < end[n]) {
                advance(n, end[n]);
            }
        }
    }

    /** Number of the first spike of this layer among the sources of its arrivals. */
    private static int spikes(SpikeTrains sources, int sample) {
        return sources.neurons() == 0 ? 0 : sources.end(sample, sources.neurons() - 1) - sources.begin(sample, 0);
    }

    /** Puts all neurons at rest, and each one's end at its last spike or probe. */
    private void begin() {
        for (int n = 0; n < size; n++) {
            int last = trains.end(sample, n);
            at[n] = trains.begin(sample, n);
            end[n] = last > at[n] ? trains.time()[last - 1] : Double.NEGATIVE_INFINITY;
        }
        for (Probe probe : probes) {
            end[probe.neuron()] = Math.max(end[probe.neuron()], probe.time());
            if (probe.spike() != Probe.AT_A_TIME) {
                lowered[probe.spike() - base] += probe.strength();
            }
        }
        Arrays.fill(u, 0);
        Arrays.fill(j, 0);
        Arrays.fill(now, Double.NEGATIVE_INFINITY);
        Arrays.fill(release, Double.NEGATIVE_INFINITY);
    }

    private void shareDecays() {
        if (!layer.uniform() || size == 0) {
            return;
        }
        if (mem.length < arrivals.count) {
            mem = new double[2 * arrivals.count];
            syn = new double[mem.length];
            response = new double[mem.length];
        }
        Membrane membrane = membranes[0];
        for (int k = 1; k < arrivals.count; k++) {
            double length = arrivals.time[k] - arrivals.time[k - 1];
            if (length > 0) {
                mem[k] = membrane.decayMem(length);
                syn[k] = membrane.decaySyn(length);
                response[k] = membrane.response(length, mem[k], syn[k]);
            } else {
                mem[k] = 1;
                syn[k] = 1;
                response[k] = 0;
            }
        }
    }

    /** Moves a neuron to an arrival, by the shared decays where nothing of its own lies before it. */
    private void moveShared(int n, int k) {
        double to = arrivals.time[k];
        boolean quiet = k > 0
                && layer.uniform()
                && now[n] == arrivals.time[k - 1]
                && release[n] <= now[n]
                && (at[n] == trains.end(sample, n) || trains.time()[at[n]] > to);
        if (quiet) {
            u[n] = u[n] * mem[k] + j[n] * response[k];
            j[n] *= syn[k];
            now[n] = to;
        } else {
            advance(n, to);
        }
    }

    /** Moves a neuron to a time through its own spikes, those at the time itself included. */
    private void advance(int n, double to) {
        while (at[n] < trains.end(sample, n) && trains.time()[at[n]] <= to) {
            double spike = trains.time()[at[n]];
            move(n, spike);
            spike(n, at[n] - base, spike, at[n] > trains.begin(sample, n));
            at[n]++;
        }
        move(n, to);
    }

    private void move(int n, double to) {
        if (now[n] == Double.NEGATIVE_INFINITY) {
            now[n] = to;
            return;
        }
        if (release[n] > now[n]) {
            double until = Math.min(release[n], to);
            j[n] *= membranes[n].decaySyn(until - now[n]);
            now[n] = until;
            if (to < release[n]) {
                return;
            }
            int spike = at[n] - 1 - base;
            released[spike] = true;
            currentAtRelease[spike] = j[n];
            u[n] = reset[n];
        }
        double s = to - now[n];
        if (s > 0) {
            double m = membranes[n].decayMem(s);
            double y = membranes[n].decaySyn(s);
            u[n] = u[n] * m + j[n] * membranes[n].response(s, m, y);
            j[n] *= y;
            now[n] = to;
        }
    }

    private void spike(int n, int k, double time, boolean later) {
        boolean inClamp = release[n] > time;
        forced[k] = inClamp || later && time <= trains.time()[k + base - 1] + refractory[n] + holdoff[n] + forcedMargin;
        slope[k] = j[n] - u[n] / tauMem[n];
        excess[k] = forced[k] ? Double.NaN : u[n] - threshold[n];
        release[n] = time + refractory[n];
        if (refractory[n] == 0) {
            released[k] = true;
            currentAtRelease[k] = j[n];
            u[n] = reset[n];
        }
        if (forced[k]) {
            tally.forced++;
        } else {
            double normalised = slope[k] * tauSyn[n] / threshold[n];
            if (!(normalised > 0) || normalised < settings.minNormalisedSlope()) {
                tally.flat++;
            } else if (normalised < settings.minSlope()) {
                tally.floored++;
            }
            double part = excess[k] / threshold[n];
            tally.excessSquares += part * part;
            tally.excessSpikes++;
        }
    }

    /**
     * Adds to what hangs on a spike of this layer.
     *
     * @param spike number in the sample
     * @param value derivative of the loss
     */
    void hang(int spike, double value) {
        hangsOn[spike] += value;
    }

    /**
     * Goes back through the sample that {@link #forward} ran through.
     *
     * @param weights row-major (row, neuron)
     * @param sum receives dL/dw, row-major (row, neuron)
     * @param below receives dL/dT of each source spike, by its number in the sample; null where nobody asks
     */
    void backward(double[] weights, double[] sum, double[] below) {
        startBack();
        Arrays.fill(touched, false);
        int fromBelow = below == null ? 0 : below.length;
        int firstOwn = layer.recurrentDelay().isPresent() ? spikesBelow : Integer.MAX_VALUE;
        for (int k = arrivals.count - 1; k >= 0; k--) {
            double time = arrivals.time[k];
            int row = arrivals.row[k] * size;
            if (!touched[arrivals.row[k]]) {
                touched[arrivals.row[k]] = true;
                Arrays.fill(column, row, row + size, 0);
            }
            double toSource = 0;
            for (int n = 0; n < size; n++) {
                if (end[n] < time) {
                    continue;
                }
                if (now[n] > time) {
                    backShared(n, k);
                }
                column[row + n] += q[n] / capacitance[n];
                toSource += weights[row + n] / capacitance[n] * (q[n] / tauSyn[n] - p[n]);
            }
            int source = arrivals.source[k];
            if (source >= firstOwn) {
                hangsOn[source - firstOwn] += toSource;
            } else if (source != Arrivals.NO_SOURCE && source < fromBelow) {
                below[source] += toSource;
            }
        }
        add(sum);
    }

    /** Puts all neurons at their end, where nothing hangs on them. */
    private void startBack() {
        for (int n = 0; n < size; n++) {
            now[n] = end[n];
            at[n] = trains.end(sample, n) - 1;
            p[n] = 0;
            q[n] = 0;
            clamped[n] = at[n] >= trains.begin(sample, n) && end[n] < trains.time()[at[n]] + refractory[n];
        }
        if (pending.length < probes.size()) {
            pending = new boolean[probes.size()];
        }
        for (int i = 0; i < probes.size(); i++) {
            pending[i] = probes.get(i).spike() == Probe.AT_A_TIME;
        }
    }

    /** Takes a neuron back to an arrival, by the shared decays where nothing of its own lies between. */
    private void backShared(int n, int k) {
        double to = arrivals.time[k];
        boolean quiet = layer.uniform()
                && !clamped[n]
                && k + 1 < arrivals.count
                && now[n] == arrivals.time[k + 1]
                && probes.isEmpty()
                && own(n) <= to;
        if (quiet) {
            q[n] = q[n] * syn[k + 1] + p[n] * response[k + 1];
            p[n] *= mem[k + 1];
            now[n] = to;
        } else {
            back(n, to);
        }
    }

    /** The neuron's next event going back: its spike while clamped, otherwise the release before. */
    private double own(int n) {
        if (at[n] < trains.begin(sample, n)) {
            return Double.NEGATIVE_INFINITY;
        }
        double spike = trains.time()[at[n]];
        return clamped[n] ? spike : spike + refractory[n];
    }

    /** Takes a neuron back to a time through its own events after it; those at the time itself come later. */
    private void back(int n, double to) {
        while (true) {
            double event = own(n);
            int probe = probe(n);
            double wish =
                    probe < 0 ? Double.NEGATIVE_INFINITY : probes.get(probe).time();
            double next = Math.max(event, wish);
            if (next <= to) {
                stretch(n, to);
                return;
            }
            stretch(n, next);
            if (wish >= event) {
                pending[probe] = false;
                p[n] += clamped[n] ? 0 : probes.get(probe).strength();
            } else if (clamped[n]) {
                backOverSpike(n);
            } else {
                backOverRelease(n);
            }
        }
    }

    private int probe(int n) {
        int latest = -1;
        for (int i = 0; i < probes.size(); i++) {
            if (pending[i]
                    && probes.get(i).neuron() == n
                    && (latest < 0 || probes.get(i).time() > probes.get(latest).time())) {
                latest = i;
            }
        }
        return latest;
    }

    private void stretch(int n, double to) {
        double s = now[n] - to;
        if (s > 0) {
            double y = membranes[n].decaySyn(s);
            if (clamped[n]) {
                q[n] *= y;
            } else {
                double m = membranes[n].decayMem(s);
                q[n] = q[n] * y + p[n] * membranes[n].response(s, m, y);
                p[n] *= m;
            }
        }
        now[n] = to;
    }

    private void backOverRelease(int n) {
        int k = at[n] - base;
        hangsOn[k] -= p[n] * (currentAtRelease[k] - reset[n] / tauMem[n]);
        p[n] = 0;
        clamped[n] = true;
        if (refractory[n] == 0) {
            backOverSpike(n);
        }
    }

    private void backOverSpike(int n) {
        int k = at[n] - base;
        if (forced[k]) {
            hangsOn[k - 1] += hangsOn[k];
            p[n] = 0;
        } else {
            p[n] = overSlope(n, k);
        }
        at[n]--;
        clamped[n] = at[n] >= trains.begin(sample, n) && !released[k - 1];
        if (!clamped[n]) {
            p[n] += lowered[k];
        }
    }

    private double overSlope(int n, int k) {
        double normalised = slope[k] * tauSyn[n] / threshold[n];
        if (!(normalised > 0) || normalised < settings.minNormalisedSlope()) {
            return 0;
        }
        double value = -hangsOn[k] / slope[k];
        return normalised < settings.minSlope() ? value * (normalised / settings.minSlope()) : value;
    }

    /** Adds the sample's gradient of each neuron that stays within the limit. */
    private void add(double[] sum) {
        double limit = settings.maxWeightGradient();
        Arrays.fill(worst, 0);
        for (int row = 0; row < touched.length; row++) {
            for (int n = 0; touched[row] && n < size; n++) {
                worst[n] = Math.max(worst[n], Math.abs(column[row * size + n]));
            }
        }
        for (double value : worst) {
            tally.dropped += value > limit ? 1 : 0;
        }
        for (int row = 0; row < touched.length; row++) {
            for (int n = 0; touched[row] && n < size; n++) {
                sum[row * size + n] += worst[n] > limit ? 0 : column[row * size + n];
            }
        }
    }

    private void ensure(int spikes) {
        if (slope.length < spikes) {
            int length = 2 * spikes;
            slope = new double[length];
            currentAtRelease = new double[length];
            released = new boolean[length];
            forced = new boolean[length];
            excess = new double[length];
            hangsOn = new double[length];
            lowered = new double[length];
        }
    }

    /** Whether a spike of the sample follows the one before it and not the membrane. */
    boolean forced(int spike) {
        return forced[spike];
    }

    /** Membrane over threshold just before a spike of the sample, NaN for a forced one. */
    double excess(int spike) {
        return excess[spike];
    }

    /** Normalised slope of the membrane just before a spike of a neuron. */
    double normalisedSlope(int neuron, int spike) {
        return slope[spike] * tauSyn[neuron] / threshold[neuron];
    }
}
