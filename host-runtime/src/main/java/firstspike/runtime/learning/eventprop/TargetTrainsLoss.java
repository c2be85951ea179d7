package firstspike.runtime.learning.eventprop;

import java.util.List;

/**
 * Squared distance of trains that a causal exponential has filtered (van Rossum), up to its constant factor.
 *
 * @param tau time constant of the filter, units of tau, above 0
 * @param targets trains wanted of each pattern
 */
public record TargetTrainsLoss(double tau, TargetTrains targets) implements TrainLoss {
    /** A target is met by a spike within this time, units of tau. */
    public static final double MET = 0.2;

    /** Checks the range; throws {@link IllegalArgumentException} that names the value. */
    public TargetTrainsLoss {
        if (!(tau > 0) || Double.isInfinite(tau)) {
            throw new IllegalArgumentException("loss tau : " + tau + " (expected: finite and > 0)");
        }
    }

    @Override
    public Kind kind() {
        return Kind.TARGET_TRAINS;
    }

    @Override
    public double evaluate(SpikeTrains trains, int sample, int label, double[] gradient) {
        int base = trains.begin(sample, 0);
        double value = 0;
        for (int neuron = 0; neuron < trains.neurons(); neuron++) {
            double[] wanted = targets.of(label, neuron);
            int begin = trains.begin(sample, neuron);
            int end = trains.end(sample, neuron);
            for (int a = begin; a < end; a++) {
                double time = trains.time()[a];
                double derivative = 0;
                for (int b = begin; b < end; b++) {
                    double near = StrictMath.exp(-Math.abs(time - trains.time()[b]) / tau);
                    value += 0.5 * near;
                    derivative -= Math.signum(time - trains.time()[b]) * near;
                }
                for (double target : wanted) {
                    double near = StrictMath.exp(-Math.abs(time - target) / tau);
                    value -= near;
                    derivative += Math.signum(time - target) * near;
                }
                gradient[a - base] = derivative / tau;
            }
            for (double one : wanted) {
                for (double other : wanted) {
                    value += 0.5 * StrictMath.exp(-Math.abs(one - other) / tau);
                }
            }
        }
        return value;
    }

    /** Trains say no class. */
    @Override
    public int classify(SpikeTrains trains, int sample) {
        return NO_CLASS;
    }

    @Override
    public boolean right(SpikeTrains trains, int sample, int label) {
        return met(trains, sample, label) == wanted(label) && surplus(trains, sample, label) == 0;
    }

    /**
     * Target spikes of a pattern.
     *
     * @param label number of the pattern
     * @return sum over the label neurons
     */
    public int wanted(int label) {
        return targets.patterns().get(label).stream().mapToInt(t -> t.length).sum();
    }

    /**
     * Target spikes that have a spike of their own within {@link #MET}.
     *
     * @param trains of the label layer
     * @param sample of the batch
     * @param label number of the pattern
     * @return 0 to {@link #wanted}
     */
    public int met(SpikeTrains trains, int sample, int label) {
        int met = 0;
        for (int neuron = 0; neuron < trains.neurons(); neuron++) {
            met += Pairing.of(trains, sample, neuron, targets.of(label, neuron), MET)
                    .pairs();
        }
        return met;
    }

    /**
     * Spikes that meet no target.
     *
     * @param trains of the label layer
     * @param sample of the batch
     * @param label number of the pattern
     * @return 0 or more
     */
    public int surplus(SpikeTrains trains, int sample, int label) {
        return trains.end(sample, trains.neurons() - 1) - trains.begin(sample, 0) - met(trains, sample, label);
    }

    /** A target left over lifts the membrane, a spike left over lowers it and follows the loss no longer. */
    @Override
    public void probe(
            SpikeTrains trains,
            int sample,
            int label,
            ProbeSettings settings,
            double lastArrival,
            double[] gradient,
            List<Probe> probes) {
        int base = trains.begin(sample, 0);
        for (int neuron = 0; neuron < trains.neurons(); neuron++) {
            double[] wanted = targets.of(label, neuron);
            Pairing pairing = Pairing.of(trains, sample, neuron, wanted, settings.match());
            for (int i = 0; i < wanted.length; i++) {
                if (!pairing.targetPaired(i)) {
                    probes.add(Probe.at(neuron, wanted[i], -settings.amount()));
                }
            }
            for (int i = trains.begin(sample, neuron); i < trains.end(sample, neuron); i++) {
                if (!pairing.spikePaired(i - trains.begin(sample, neuron))) {
                    probes.add(new Probe(neuron, trains.time()[i], settings.amount(), i));
                    gradient[i - base] = 0;
                }
            }
        }
    }

    /** Which spikes of a neuron belong to which of its targets: nearest first. */
    private record Pairing(boolean[] spikes, boolean[] wanted, int pairs) {
        static Pairing of(SpikeTrains trains, int sample, int neuron, double[] targets, double match) {
            int begin = trains.begin(sample, neuron);
            boolean[] spikes = new boolean[trains.count(sample, neuron)];
            boolean[] wanted = new boolean[targets.length];
            int pairs = 0;
            for (int most = Math.min(spikes.length, wanted.length); pairs < most; pairs++) {
                double nearest = Double.POSITIVE_INFINITY;
                int spike = -1;
                int target = -1;
                for (int i = 0; i < spikes.length; i++) {
                    for (int j = 0; !spikes[i] && j < wanted.length; j++) {
                        double distance = Math.abs(trains.time()[begin + i] - targets[j]);
                        if (!wanted[j] && distance <= match && distance < nearest) {
                            nearest = distance;
                            spike = i;
                            target = j;
                        }
                    }
                }
                if (spike < 0) {
                    break;
                }
                spikes[spike] = true;
                wanted[target] = true;
            }
            return new Pairing(spikes, wanted, pairs);
        }

        boolean spikePaired(int i) {
            return spikes[i];
        }

        boolean targetPaired(int i) {
            return wanted[i];
        }
    }
}
