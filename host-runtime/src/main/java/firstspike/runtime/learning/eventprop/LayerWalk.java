package firstspike.runtime.learning.eventprop;

import firstspike.runtime.learning.Membrane;

/**
 * Exact spikes of one feed-forward layer in one sample ({@code eventprop.md} section 2): from one instant of arrivals to the next,
 * all neurons of the layer. Between two events a membrane has at most one maximum, so no crossing is missed. Mutable scratch, one
 * owner thread.
 */
final class LayerWalk {
    private final TrainLayer layer;
    private final double tEnd;
    private final SpikeGuard guard;
    private final NeuronStates states;

    /**
     * @param layer its shape and constants
     * @param tEnd spikes after it do not exist; infinite for none
     * @param guard counts the spikes of the sample
     */
    LayerWalk(TrainLayer layer, double tEnd, SpikeGuard guard) {
        this.layer = layer;
        this.tEnd = tEnd;
        this.guard = guard;
        states = new NeuronStates(layer);
    }

    void run(Arrivals arrivals, double[] weights, SpikeBuffer out) {
        out.clear();
        if (arrivals.count == 0) {
            return;
        }
        states.rest(arrivals.time[0]);
        for (int k = 0; k < arrivals.count && arrivals.time[k] <= tEnd; ) {
            int next = arrivals.instantEnd(k);
            states.arrive(arrivals.row, k, next, weights);
            double begin = arrivals.time[k];
            double end = next < arrivals.count ? arrivals.time[next] : Double.POSITIVE_INFINITY;
            interval(begin, Math.min(end, tEnd), out);
            k = next;
        }
    }

    private void interval(double begin, double end, SpikeBuffer out) {
        boolean last = end == Double.POSITIVE_INFINITY;
        double length = end - begin;
        double mem = 0;
        double syn = 0;
        double response = 0;
        if (layer.uniform() && !last && layer.size() > 0) {
            Membrane membrane = states.membrane(0);
            mem = membrane.decayMem(length);
            syn = membrane.decaySyn(length);
            response = membrane.response(length, mem, syn);
        }
        for (int n = 0; n < layer.size(); n++) {
            if (layer.uniform()
                    && !last
                    && states.free(n)
                    && !states.membrane(n).mayReach(states.u[n], states.j[n], length)) {
                states.u[n] = states.u[n] * mem + states.j[n] * response;
                states.j[n] *= syn;
                states.time[n] = end;
            } else {
                spikes(n, end, out);
            }
        }
    }

    private void spikes(int n, double end, SpikeBuffer out) {
        double spike = states.candidate(n, end);
        while (spike < Double.POSITIVE_INFINITY) {
            guard.count(n, spike);
            states.spike(n, spike);
            out.add(n, spike);
            spike = states.candidate(n, end);
        }
        if (end < Double.POSITIVE_INFINITY) {
            states.move(n, end);
        }
    }
}
