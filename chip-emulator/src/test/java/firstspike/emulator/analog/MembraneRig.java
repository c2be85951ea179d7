package firstspike.emulator.analog;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Drives a neuron array as the digital fabric does: pulses and writes at their half-ticks, firings when they are due. */
final class MembraneRig {
    /** A firing: the half-tick at which it was taken, and the circuit. */
    record Firing(long h, int circuit) {}

    final CircuitBench bench;
    final List<Firing> firings = new ArrayList<>();
    NeuronArray array;
    int largestQueue;
    private final TreeMap<Long, List<Runnable>> plan = new TreeMap<>();
    private final TreeMap<Long, List<SynapticFan>> pulses = new TreeMap<>();
    private final int[] taken = new int[512];
    private long now = Long.MIN_VALUE;

    MembraneRig(Fidelity fidelity, long seed, CircuitBench bench) {
        this(ChipModel.of(fidelity, seed), bench);
    }

    MembraneRig(ChipModel model, CircuitBench bench) {
        this.bench = bench;
        this.array = new NeuronArray(model, bench);
    }

    /** One synapse's event at h; its place in the matrix follows from circuit, line and weight row 0 or 1. */
    MembraneRig event(long h, int circuit, int line, int weight) {
        int synapse = 65536 * (circuit / 256) + 256 * line + circuit % 256;
        return pulse(h, array.fan(new int[] {circuit}, new byte[] {(byte) line}, new byte[] {(byte) weight}, new int[] {
            synapse
        }));
    }

    MembraneRig pulse(long h, SynapticFan fan) {
        pulses.computeIfAbsent(h, k -> new ArrayList<>()).add(fan);
        return this;
    }

    MembraneRig at(long h, Runnable write) {
        plan.computeIfAbsent(h, k -> new ArrayList<>()).add(write);
        return this;
    }

    /** Runs all that happens before {@code end}. */
    MembraneRig run(long end) {
        while (true) {
            long h = array.nextFiring();
            h = Math.min(h, plan.isEmpty() ? Long.MAX_VALUE : plan.firstKey());
            h = Math.min(h, pulses.isEmpty() ? Long.MAX_VALUE : pulses.firstKey());
            if (h >= end) {
                return this;
            }
            if (h < now) {
                throw new AssertionError("half-tick " + h + " asked for after " + now);
            }
            now = h;
            List<Runnable> writes = plan.remove(h);
            if (writes != null) {
                writes.forEach(Runnable::run);
            }
            List<SynapticFan> fans = pulses.remove(h);
            if (fans != null) {
                for (SynapticFan fan : fans) {
                    array.pulse(fan, 1, h);
                }
                array.pulsesDone(h);
            }
            largestQueue = Math.max(largestQueue, array.queueSize());
            int count = array.takeFirings(h, taken);
            for (int i = 0; i < count; i++) {
                firings.add(new Firing(h, taken[i]));
            }
        }
    }

    /** Changes a circuit's words at h. */
    MembraneRig change(long h, int circuit, Runnable words) {
        return at(h, () -> {
            words.run();
            array.circuitChanged(circuit, h);
        });
    }

    /** Writes a neuron cell at h. */
    MembraneRig write(long h, int circuit, int row, int code) {
        return at(h, () -> {
            int before = bench.cell(circuit, row);
            bench.cell(circuit, row, code);
            array.capMemChanged(circuit / 128, circuit % 128, row, before, code, h, 0);
        });
    }

    long[] times(int circuit) {
        return firings.stream()
                .filter(f -> f.circuit() == circuit)
                .mapToLong(Firing::h)
                .toArray();
    }
}
