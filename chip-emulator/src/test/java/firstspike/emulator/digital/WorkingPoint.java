package firstspike.emulator.digital;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.ColumnQuad;
import firstspike.driver.coordinate.Side;
import firstspike.driver.register.ColumnCurrentQuad;
import firstspike.driver.register.CommonNeuronBackendConfig;
import firstspike.driver.register.NeuronBackendConfig;
import firstspike.driver.register.NeuronConfig;
import firstspike.driver.register.SynapseLabelQuad;
import firstspike.driver.register.SynapseWeightQuad;

/** Register writes that make circuits work as neurons, with the codes of analog.md 18. */
final class WorkingPoint {
    /** Ticks after which CapMem cells are what was written and membranes have come to rest. */
    static final long SETTLED = 2_600_000;

    private static final int SHARED_COLUMN = 128;
    private static final int[][] CELLS = {
        {0, 466}, {1, 498}, {2, 279}, {8, 153}, {9, 1012}, {10, 51}, {12, 310}, {13, 500}, {14, 51}, {16, 310},
        {17, 500}
    };
    private static final int[][] SHARED = {{7, 250}, {8, 1000}, {18, 110}, {19, 100}, {20, 200}};

    private final FabricRig rig;
    private final long tick;

    private WorkingPoint(FabricRig rig, long tick) {
        this.rig = rig;
        this.tick = tick;
    }

    /** A chip whose shared settings were made before: further neurons, written at a tick. */
    static WorkingPoint settled(FabricRig rig, long tick) {
        return new WorkingPoint(rig, tick);
    }

    /** References, biases, clocks and column switches of the whole chip; buses fed by the crossbar. */
    static WorkingPoint of(FabricRig rig) {
        int[] reference = {0x1000, 0x280, 0x28, 0xA28, 0xA28, 0x41, 0x41, 0x2CB, 0x2CB};
        for (int i = 0; i < reference.length; i++) {
            rig.write(1, 0x000C_0012 + i, i == 0 ? 0x9000 : reference[i]);
        }
        rig.write(2, 0x000C_0012, reference[0]).write(2, 0x0010_0000, 0xFFFF);
        for (int side = 0; side < 2; side++) {
            rig.write(2, CommonNeuronBackendConfig.defaults(Side.of(side)).withClockScaleFast(2));
        }
        for (int quad = 0; quad < ColumnQuad.COUNT; quad++) {
            rig.write(2, ColumnCurrentQuad.connected(ColumnQuad.of(quad)));
        }
        WorkingPoint point = new WorkingPoint(rig.openBuses(2), 3);
        for (int quadrant = 0; quadrant < 4; quadrant++) {
            for (int[] cell : SHARED) {
                point.cell(quadrant, SHARED_COLUMN, cell[0], cell[1]);
            }
            point.cell(quadrant, SHARED_COLUMN + 1, 23, 300);
        }
        return point;
    }

    /** A neuron of 2.3 pF and 6 µs whose spikes leave with an address. */
    WorkingPoint neuron(int circuit, int address) {
        AtomicNeuron neuron = AtomicNeuron.of(circuit);
        rig.write(tick, config(neuron).withThresholdComparator(true));
        rig.write(
                tick,
                NeuronBackendConfig.defaults(neuron)
                        .withAddressOut(address)
                        .withFastClock(true)
                        .withRefractoryTime(70)
                        .withSpikeOut(true));
        for (int[] cell : CELLS) {
            code(circuit, cell[0], cell[1]);
        }
        return this;
    }

    /** The switches of such a neuron, comparator off. */
    static NeuronConfig config(AtomicNeuron neuron) {
        return NeuronConfig.defaults(neuron)
                .withMembraneCapacitorSize(63)
                .withSynapticInputExcitatory(true)
                .withSynapticInputInhibitory(true)
                .withFire(true);
    }

    /** Another code of a cell of a circuit. */
    WorkingPoint code(int circuit, int row, int code) {
        return cell(2 * (circuit >> 8) + (circuit >> 7 & 1), circuit & 127, row, code);
    }

    private WorkingPoint cell(int quadrant, int column, int row, int code) {
        rig.write(tick, 0x0014_0000 + 0x8000 * quadrant + 32 * column + row, code);
        return this;
    }

    /** A synapse of a row of a hemisphere. */
    WorkingPoint synapse(long tick, int hemisphere, int row, int column, int label, int weight) {
        int quad = (256 * hemisphere + row) * 64 + RegisterFile.quadColumn(column);
        int shift = RegisterFile.entryShift(column);
        int enable = 1 << shift / 8;
        rig.write(tick, SynapseWeightQuad.address(quad), SynapseWeightQuad.permute(weight) << shift, enable);
        rig.write(tick, SynapseLabelQuad.address(quad), label << shift, enable);
        return this;
    }
}
