package firstspike.runtime.learning.eventprop;

/**
 * Cross entropy of decaying spike counts: {@code S_j = scale Σ_k exp(-T_jk/decay)}, {@code ln Σ_j exp(S_j) - S_true}.
 *
 * @param decay time constant of a spike's worth, units of tau, above 0
 * @param scale worth of a spike at time 0, above 0
 */
public record SpikeCountLoss(double decay, double scale) implements TrainLoss {
    /** Checks ranges; throws {@link IllegalArgumentException} that names the value. */
    public SpikeCountLoss {
        if (!(decay > 0) || Double.isInfinite(decay) || !(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException(
                    "loss decay " + decay + ", scale " + scale + " (expected: finite and > 0)");
        }
    }

    @Override
    public Kind kind() {
        return Kind.SPIKE_COUNT;
    }

    @Override
    public double evaluate(SpikeTrains trains, int sample, int label, double[] gradient) {
        double[] share = scores(trains, sample);
        double greatest = Double.NEGATIVE_INFINITY;
        for (double score : share) {
            greatest = Math.max(greatest, score);
        }
        double ofTrue = share[label];
        double sum = 0;
        for (int neuron = 0; neuron < share.length; neuron++) {
            share[neuron] = StrictMath.exp(share[neuron] - greatest);
            sum += share[neuron];
        }
        int base = trains.begin(sample, 0);
        for (int neuron = 0; neuron < share.length; neuron++) {
            double factor = -(share[neuron] / sum - (neuron == label ? 1 : 0)) * scale / decay;
            for (int i = trains.begin(sample, neuron); i < trains.end(sample, neuron); i++) {
                gradient[i - base] = factor * StrictMath.exp(-trains.time()[i] / decay);
            }
        }
        return StrictMath.log(sum) + greatest - ofTrue;
    }

    /** The largest score; the lowest index wins a tie; none without any spike. */
    @Override
    public int classify(SpikeTrains trains, int sample) {
        double[] scores = scores(trains, sample);
        int best = NO_CLASS;
        for (int neuron = 0; neuron < scores.length; neuron++) {
            if (scores[neuron] > (best == NO_CLASS ? 0 : scores[best])) {
                best = neuron;
            }
        }
        return best;
    }

    private double[] scores(SpikeTrains trains, int sample) {
        double[] scores = new double[trains.neurons()];
        for (int neuron = 0; neuron < scores.length; neuron++) {
            for (int i = trains.begin(sample, neuron); i < trains.end(sample, neuron); i++) {
                scores[neuron] += scale * StrictMath.exp(-trains.time()[i] / decay);
            }
        }
        return scores;
    }
}
