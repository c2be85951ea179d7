package firstspike.emulator.digital;

import firstspike.driver.register.SynapseDriverConfig.RowMode;
import firstspike.driver.register.SynapseWeightQuad;
import java.util.Locale;
import java.util.Random;

/**
 * Prints what the fabric costs alone: ns per external event (crossbar, PADI bus, driver without synapses), per neuron
 * event (spike counter, event output, crossbar, L2), per register write, and µs per synapse table. A program, not a
 * test.
 */
public final class FabricBenchmark {
    private static final int ROUNDS = 12;
    private static final int EVENTS = 200_000;

    private FabricBenchmark() {}

    /**
     * Runs all measurements and prints the fastest round of each.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        print("external event to one PADI bus, ns", best(FabricBenchmark::externalEvents));
        print("neuron event to L2, ns", best(FabricBenchmark::neuronEvents));
        print("synapse weight write, ns", best(FabricBenchmark::weightWrites));
        print("synapse table of a driver and label, ns", best(FabricBenchmark::tables));
    }

    private interface Round {
        /** Nanoseconds per item. */
        double run();
    }

    private static double best(Round round) {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            best = Math.min(best, round.run());
        }
        return best;
    }

    private static void print(String name, double value) {
        System.out.println(String.format(Locale.ROOT, "%-45s %8.1f", name, value));
    }

    private static double externalEvents() {
        FabricRig rig = new FabricRig();
        rig.chip.probe(null);
        rig.openBuses(1).allDrivers(1, 31);
        for (int input = 8; input < 12; input++) {
            for (int output = 1; output < 12; output++) {
                if (Crossbar.exists(input, output)) {
                    rig.write(1, FabricRig.node(input, output), 1 << 16);
                }
            }
        }
        rig.run(10);
        ChipEffects effects = new ChipEffects(EVENTS);
        Random random = new Random(1);
        long tick = 10;
        for (int i = 0; i < EVENTS; i++) {
            tick += 20;
            effects.add(tick, ChipEffects.Kind.SPIKES, 13L << 56 | random.nextInt(1 << 16));
        }
        long start = ProcessorTime.nanos();
        rig.chip.advance(effects, tick + 100, rig);
        return (ProcessorTime.nanos() - start) / (double) EVENTS;
    }

    private static double neuronEvents() {
        FabricRig rig = new FabricRig();
        rig.backends(1);
        for (int circuit = 0; circuit < 512; circuit++) {
            rig.neuron(1, circuit, circuit & 63, true);
        }
        rig.run(10);
        Random random = new Random(1);
        long h = 1000;
        for (int i = 0; i < EVENTS; i++) {
            h += 40;
            rig.chip.cross(random.nextInt(512), h);
        }
        FabricSink sink = new FabricSink() {
            @Override
            public void event(long tick, int label, int stamp) {}

            @Override
            public void sample(long tick, int raw, int stamp) {}

            @Override
            public void value(long tick, int value) {}
        };
        long start = ProcessorTime.nanos();
        rig.chip.advance(new ChipEffects(), h, sink);
        return (ProcessorTime.nanos() - start) / (double) EVENTS;
    }

    private static double weightWrites() {
        FabricRig rig = new FabricRig();
        ChipEffects effects = new ChipEffects(RegisterFile.SYNAPSE_WORDS);
        Random random = new Random(1);
        for (int i = 0; i < RegisterFile.SYNAPSE_WORDS; i++) {
            effects.write(2L * i, SynapseWeightQuad.address(i), random.nextInt(), 15);
        }
        long start = ProcessorTime.nanos();
        rig.chip.advance(effects, 2L * RegisterFile.SYNAPSE_WORDS, rig);
        return (ProcessorTime.nanos() - start) / (double) RegisterFile.SYNAPSE_WORDS;
    }

    private static double tables() {
        FabricRig rig = new FabricRig();
        Random random = new Random(1);
        for (int i = 0; i < RegisterFile.SYNAPSE_WORDS; i++) {
            rig.write(1, SynapseWeightQuad.address(i), random.nextInt());
            rig.write(1, SynapseWeightQuad.address(i) + 0x4_0000, random.nextInt());
        }
        for (int driver = 0; driver < 256; driver++) {
            rig.driver(1, driver, 31, RowMode.EXCITATORY, RowMode.INHIBITORY);
        }
        rig.run(2);
        long start = ProcessorTime.nanos();
        for (int driver = 0; driver < 256; driver++) {
            for (int label = 0; label < 64; label++) {
                rig.chip.synapses().fan(driver, label, rig.chip.neurons());
            }
        }
        return (ProcessorTime.nanos() - start) / (256.0 * 64);
    }
}
