package firstspike.emulator.bench;

import firstspike.emulator.analog.ChipModel;
import firstspike.emulator.analog.CircuitBench;
import firstspike.emulator.analog.Fidelity;
import firstspike.emulator.analog.NeuronArray;
import firstspike.emulator.analog.SynapticFan;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A sample of Yin-Yang size on the membranes alone: 25 input events to 120 neurons, about 85 of which fire once, each spike
 * going on to 3 label neurons. Prints µs per sample and ns per (event, node); the digital fabric is not part of it.
 */
public final class MembraneBenchmark {
    private static final int HIDDEN = 120;
    private static final int LABELS = 3;
    private static final int INPUTS = 25;
    private static final long WINDOW = 45_000;
    private static final long LOOP_DELAY = 20;

    private final NeuronArray array;
    private final SynapticFan[] input = new SynapticFan[INPUTS];
    private final SynapticFan[] hidden = new SynapticFan[HIDDEN];
    private final SplittableRandom random;
    private final int[] fired = new int[512];
    private final long[] ringTime = new long[1024];
    private final int[] ringNeuron = new int[1024];
    private final long[] eventTime = new long[INPUTS];
    private long now;
    private long visits;
    private long spikes;
    private long digest;
    private long calls;

    private MembraneBenchmark(Fidelity fidelity, long seed) {
        CircuitBench bench = new CircuitBench().shared();
        for (int neuron = 0; neuron < HIDDEN + LABELS; neuron++) {
            bench.published(2 * neuron);
        }
        array = new NeuronArray(ChipModel.of(fidelity, seed), bench);
        random = new SplittableRandom(seed);
        for (int k = 0; k < INPUTS; k++) {
            input[k] = fan(0, HIDDEN, k, 7.3, 16);
        }
        for (int k = 0; k < HIDDEN; k++) {
            hidden[k] = fan(HIDDEN, LABELS, INPUTS + k, 3, 20);
        }
        array.programStart(0, now);
        now += 250_000;
        array.timerReset(now);
    }

    private SynapticFan fan(int first, int count, int driver, double mean, double spread) {
        int[] circuit = new int[count];
        byte[] line = new byte[count];
        byte[] weight = new byte[count];
        int[] synapse = new int[count];
        for (int i = 0; i < count; i++) {
            double w = mean + spread * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5) * 1.6;
            circuit[i] = 2 * (first + i);
            line[i] = (byte) (w < 0 ? 1 : 0);
            weight[i] = (byte) Math.min(63, Math.round(Math.abs(w)));
            synapse[i] = 256 * (2 * driver + line[i]) % 65536 + circuit[i];
        }
        return array.fan(circuit, line, weight, synapse);
    }

    private void sample() {
        for (int k = 0; k < INPUTS; k++) {
            eventTime[k] = now + 2 * random.nextInt(k % 5 == 4 ? 1 : 1500);
        }
        int[] order = new int[INPUTS];
        for (int k = 0; k < INPUTS; k++) {
            order[k] = k;
        }
        for (int i = 1; i < INPUTS; i++) {
            for (int m = i; m > 0 && eventTime[order[m - 1]] > eventTime[order[m]]; m--) {
                int swap = order[m];
                order[m] = order[m - 1];
                order[m - 1] = swap;
            }
        }
        int at = 0;
        int head = 0;
        int tail = 0;
        while (true) {
            long nextInput = at < INPUTS ? eventTime[order[at]] : Long.MAX_VALUE;
            long nextLoop = head < tail ? ringTime[head & 1023] : Long.MAX_VALUE;
            long nextFiring = array.nextFiring();
            long h = Math.min(Math.min(nextInput, nextLoop), nextFiring);
            if (h >= now + WINDOW) {
                break;
            }
            calls++;
            boolean pulses = false;
            while (at < INPUTS && eventTime[order[at]] == h) {
                array.pulse(input[order[at]], 1, h);
                visits += input[order[at++]].size();
                pulses = true;
            }
            while (head < tail && ringTime[head & 1023] == h) {
                SynapticFan fan = hidden[ringNeuron[head++ & 1023]];
                array.pulse(fan, 1, h);
                visits += fan.size();
                pulses = true;
            }
            if (pulses) {
                array.pulsesDone(h);
            }
            if (nextFiring <= h || pulses) {
                int count = array.takeFirings(h, fired);
                for (int i = 0; i < count; i++) {
                    spikes++;
                    digest = digest * 31 + h * 512 + fired[i];
                    int neuron = fired[i] / 2;
                    if (neuron < HIDDEN) {
                        ringTime[tail & 1023] = h + LOOP_DELAY + (h & 1);
                        ringNeuron[tail++ & 1023] = neuron;
                    }
                }
            }
        }
        now += WINDOW;
    }

    // processor time of this thread: other work on the machine does not count
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Runs the fidelities; optional arguments: samples per round, one fidelity. */
    public static void main(String[] args) {
        int samples = args.length > 0 ? Integer.parseInt(args[0]) : 5000;
        Fidelity[] all = args.length > 1 ? new Fidelity[] {Fidelity.valueOf(args[1])} : Fidelity.values();
        for (Fidelity fidelity : all) {
            MembraneBenchmark benchmark = new MembraneBenchmark(fidelity, 7);
            double[] perSample = new double[6];
            double perVisit = 0;
            long spikes = 0;
            long calls = 0;
            for (int round = 0; round < perSample.length; round++) {
                benchmark.visits = 0;
                benchmark.spikes = 0;
                benchmark.calls = 0;
                long start = cpuNanos();
                for (int i = 0; i < samples; i++) {
                    benchmark.sample();
                }
                double ns = cpuNanos() - start;
                perSample[round] = ns / samples / 1000;
                perVisit = ns / benchmark.visits;
                spikes = benchmark.spikes;
                calls = benchmark.calls;
            }
            System.out.printf(
                    "%-16s µs/sample %s  ns/(event x node) %.1f  spikes/sample %.1f  steps/sample %.1f  digest %016x%n",
                    fidelity,
                    Arrays.toString(Arrays.stream(perSample)
                            .mapToObj(x -> String.format("%.1f", x))
                            .toArray()),
                    perVisit,
                    spikes / (double) samples,
                    calls / (double) samples,
                    benchmark.digest);
        }
    }
}
