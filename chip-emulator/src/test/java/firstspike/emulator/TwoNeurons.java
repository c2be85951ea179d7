package firstspike.emulator;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.ColumnQuad;
import firstspike.driver.coordinate.CrossbarNode;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.Side;
import firstspike.driver.coordinate.SynapseDriver;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.register.ColumnCurrentQuad;
import firstspike.driver.register.CommonNeuronBackendConfig;
import firstspike.driver.register.CommonPadiBusConfig;
import firstspike.driver.register.CrossbarNodeConfig;
import firstspike.driver.register.NeuronBackendConfig;
import firstspike.driver.register.NeuronConfig;
import firstspike.driver.register.RegisterView;
import firstspike.driver.register.SynapseDriverConfig;
import firstspike.driver.register.SynapseDriverConfig.RowMode;
import firstspike.driver.register.SynapseLabelQuad;
import firstspike.driver.register.SynapseWeightQuad;

/**
 * A network of two neurons by hand, as nothing but program words: one input label reaches both over driver 20 of the top
 * half, with weights 63 and 45; their spikes leave as labels 0x0011 and 0x0022.
 */
final class TwoNeurons {

    static final int INPUT = 0x0161;
    static final int[] OUTPUT = {0x0011, 0x0022};

    private static final int[] COLUMN = {4, 6};
    private static final int[] WEIGHT = {63, 45};
    private static final int DRIVER = 20;
    private static final int SYNAPSE_LABEL = 0x21;
    private static final int CAPMEM = 0x0014_0000;
    private static final int SHARED_COLUMN = 128;
    private static final long CAPMEM_TICKS = 2_600_000;

    private static final int[][] CELLS = {
        {0, 466}, {1, 498}, {2, 279}, {8, 153}, {9, 1012}, {10, 51}, {12, 310}, {13, 500}, {14, 51}, {16, 310},
        {17, 500}
    };
    private static final int[][] SHARED = {{7, 250}, {8, 1000}, {18, 110}, {19, 100}, {20, 200}};

    private TwoNeurons() {}

    /** The configuration, and the wait until the CapMem holds it; needs an initialised chip. */
    static PlaybackProgram configuration() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        for (int node = 24; node < 60; node++) {
            // inputs reach the buses; what comes back over L2 are neurons only
            if ((node - 24) % 9 == 8) {
                write(builder, CrossbarNodeConfig.closed(CrossbarNode.of(node)));
            }
        }
        builder.write(0x0010_0000, 0xFFFF);
        for (int side = 0; side < 2; side++) {
            write(builder, CommonNeuronBackendConfig.defaults(Side.of(side)).withClockScaleFast(2));
        }
        for (int quad = 0; quad < ColumnQuad.COUNT; quad++) {
            write(builder, ColumnCurrentQuad.connected(ColumnQuad.of(quad)));
        }
        write(builder, CommonPadiBusConfig.defaults(Hemisphere.of(0)).withAllSpl1(true));
        write(
                builder,
                SynapseDriverConfig.defaults(SynapseDriver.of(DRIVER))
                        .withReceiver(true)
                        .withRowModes(RowMode.DISABLED, RowMode.EXCITATORY));
        for (int i = 0; i < 2; i++) {
            neuron(builder, i);
        }
        for (int quadrant = 0; quadrant < 4; quadrant++) {
            for (int[] cell : SHARED) {
                builder.write(CAPMEM + 0x8000 * quadrant + 32 * SHARED_COLUMN + cell[0], cell[1]);
            }
            builder.write(CAPMEM + 0x8000 * quadrant + 32 * (SHARED_COLUMN + 1) + 23, 300);
        }
        return builder.barrier(Barrier.OMNIBUS).pause(CAPMEM_TICKS).done();
    }

    private static void neuron(PlaybackProgramBuilder builder, int i) {
        int column = COLUMN[i];
        int quad = 2 * DRIVER * 64 + 32 * (column & 1) + (column >> 3);
        int shift = 24 - 8 * (column >> 1 & 3);
        builder.write(SynapseWeightQuad.address(quad), SynapseWeightQuad.permute(WEIGHT[i]) << shift, 1 << shift / 8);
        builder.write(SynapseLabelQuad.address(quad), SYNAPSE_LABEL << shift, 1 << shift / 8);
        AtomicNeuron neuron = AtomicNeuron.of(column);
        write(
                builder,
                NeuronConfig.defaults(neuron)
                        .withMembraneCapacitorSize(63)
                        .withSynapticInputExcitatory(true)
                        .withSynapticInputInhibitory(true)
                        .withFire(true)
                        .withThresholdComparator(true));
        write(
                builder,
                NeuronBackendConfig.defaults(neuron)
                        .withAddressOut(OUTPUT[i])
                        .withFastClock(true)
                        .withRefractoryTime(70)
                        .withSpikeOut(true));
        for (int[] cell : CELLS) {
            builder.write(CAPMEM + 32 * column + cell[0], cell[1]);
        }
    }

    /** Windows of 30,000 ticks, each with a burst of input spikes that grows from window to window. */
    static PlaybackProgram stimulus(int windows) {
        return stimulus(Bench.p0(), windows);
    }

    static PlaybackProgram stimulus(PlaybackProgramBuilder builder, int windows) {
        for (int window = 0; window < windows; window++) {
            builder.timerReset();
            for (int spike = 0; spike < 4 + window % 5; spike++) {
                builder.waitUntil(100L * (spike + 1)).spike(INPUT);
            }
            builder.waitUntil(30_000);
        }
        return builder.done();
    }

    private static void write(PlaybackProgramBuilder builder, RegisterView view) {
        builder.write(view.writeAddresses(), view.words());
    }
}
