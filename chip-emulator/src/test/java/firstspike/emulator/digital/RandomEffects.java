package firstspike.emulator.digital;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.register.NeuronConfig;
import firstspike.driver.register.SynapseWeightQuad;
import java.util.SplittableRandom;

/**
 * Effects of random programs for a {@link SampleNetwork}: bursts and single spikes with gaps of any length, and between and
 * within them writes of weights, labels, routes and neurons, reads of counters and converters, artificial resets and timer
 * resets.
 */
final class RandomEffects {
    private final SampleNetwork network;
    private final SplittableRandom random;
    private long tick;

    RandomEffects(SampleNetwork network, SplittableRandom random) {
        this.network = network;
        this.random = random;
        tick = network.tick;
    }

    /** Adds some effects; gives the tick behind them. */
    long stretch(ChipEffects effects) {
        int bursts = 1 + random.nextInt(5);
        for (int k = 0; k < bursts; k++) {
            int spikes = 1 + random.nextInt(60);
            int spread = 1 << random.nextInt(9);
            for (int i = 0; i < spikes; i++) {
                tick += random.nextInt(spread);
                network.spike(effects, tick, random.nextInt(SampleNetwork.INPUTS));
            }
            tick += 1 + random.nextInt(1 << 1 + random.nextInt(15));
            for (int i = random.nextInt(4); i > 0; i--) {
                other(effects);
            }
        }
        tick += 1 + random.nextInt(500);
        return tick;
    }

    private void other(ChipEffects effects) {
        tick += random.nextInt(3);
        switch (random.nextInt(9)) {
            case 0 -> {
                tick++;
                effects.add(tick, ChipEffects.Kind.TIMER_RESET, 0);
                tick++;
            }
            case 1 -> {
                effects.add(tick, ChipEffects.Kind.SYNCHRONISED, random.nextInt(1 << 20));
                tick++;
            }
            case 2, 3 -> {
                int quad = (2 * random.nextInt(64) + random.nextInt(2)) * 64
                        + RegisterFile.quadColumn(2 * random.nextInt(120));
                write(effects, SynapseWeightQuad.address(quad), random.nextInt() & 0x3F3F_3F3F);
            }
            case 4 -> effects.add(tick++, ChipEffects.Kind.READ, 0x0012_2800 + 4 * (2 * random.nextInt(60)), 0);
            case 5 -> write(effects, FabricRig.quadReset(0, RegisterFile.quadColumn(2 * random.nextInt(120))), 0);
            case 6 -> {
                int circuit = 2 * random.nextInt(123);
                boolean comparator = random.nextInt(3) > 0;
                NeuronConfig config = WorkingPoint.config(AtomicNeuron.of(circuit))
                        .withThresholdComparator(comparator)
                        .withConnectMembraneRight(true);
                int[] words = config.words();
                int[] addresses = config.writeAddresses();
                for (int i = 0; i < words.length; i++) {
                    write(effects, addresses[i], words[i]);
                }
            }
            case 7 -> {
                write(
                        effects,
                        FabricRig.node(8 + random.nextInt(4), random.nextInt(8)),
                        random.nextInt(4) == 0 ? 1 << 16 : 0);
            }
            default -> effects.add(tick++, ChipEffects.Kind.READ, 0x0013_0079 + random.nextInt(12), 0);
        }
    }

    private void write(ChipEffects effects, int address, int word) {
        effects.add(tick++, ChipEffects.Kind.WRITE, address, 15L << 32 | word & 0xFFFF_FFFFL);
    }
}
