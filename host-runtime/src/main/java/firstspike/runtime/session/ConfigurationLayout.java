package firstspike.runtime.session;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.CapMemCell;
import firstspike.driver.coordinate.ChipParameter;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.driver.coordinate.Side;
import firstspike.driver.coordinate.SynapseQuad;
import firstspike.driver.coordinate.SynapseQuadColumn;
import firstspike.driver.coordinate.SynapseRow;
import firstspike.driver.register.Container;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ObjIntConsumer;

/**
 * Which word of a chip configuration stands at which place: all containers in the order in which a whole chip is written
 * (registers.md 17, second table), without the unused CapMem cells and the plasticity memory. Immutable, one instance.
 */
final class ConfigurationLayout {

    private static final ConfigurationLayout STANDARD = new ConfigurationLayout();
    private static final int CADC_CHANNELS_PER_HEMISPHERE = 512;

    private final Map<Container, int[]> places = new EnumMap<>(Container.class);
    private int[] addresses = new int[1 << 17];
    private boolean[] analog = new boolean[1 << 17];
    private int size;

    private ConfigurationLayout() {
        all(Container.CROSSBAR_OUTPUT_CONFIG);
        all(Container.CROSSBAR_NODE);
        all(Container.BACKGROUND_SPIKE_SOURCE);
        all(Container.CAPMEM_BLOCK_CONFIG);
        all(Container.SYNAPSE_BIAS_SELECTION);
        all(Container.REFERENCE_GENERATOR_CONFIG);
        for (Hemisphere half : Hemisphere.values()) {
            drivers(half);
        }
        for (Hemisphere half : Hemisphere.values()) {
            synapses(half);
        }
        neurons();
        for (Hemisphere half : Hemisphere.values()) {
            cadc(half);
        }
        readout();
        addresses = Arrays.copyOf(addresses, size);
        analog = Arrays.copyOf(analog, size);
    }

    static ConfigurationLayout standard() {
        return STANDARD;
    }

    /** Words of a configuration. */
    int size() {
        return size;
    }

    int address(int place) {
        return addresses[place];
    }

    /** Whether a change of the word needs the settling time of the analog parameters. */
    boolean isAnalog(int place) {
        return analog[place];
    }

    /** Place of the first word of an instance. */
    int place(Container container, int coordinate) {
        int[] firsts = places.get(container);
        if (firsts == null || coordinate < 0 || coordinate >= firsts.length || firsts[coordinate] < 0) {
            throw new IllegalArgumentException("configuration of a chip: " + container.title() + " " + coordinate
                    + " (limit: what registers.md 17 lists); write it with a program of your own");
        }
        return firsts[coordinate];
    }

    void forEachInstance(ObjIntConsumer<Container> visitor) {
        places.forEach((container, firsts) -> {
            for (int i = 0; i < firsts.length; i++) {
                if (firsts[i] >= 0) {
                    visitor.accept(container, i);
                }
            }
        });
    }

    private void drivers(Hemisphere half) {
        blockOf(Container.SYNAPSE_DRIVER_CONFIG, half.index(), 2);
        add(Container.COMMON_PADI_BUS_CONFIG, half.index());
        add(Container.COMMON_STP_CONFIG, half.index());
        cells(
                half,
                QuadrantParameter.STP_V_CHARGE_0,
                QuadrantParameter.STP_V_CHARGE_1,
                QuadrantParameter.STP_V_RECOVER_0,
                QuadrantParameter.STP_V_RECOVER_1,
                QuadrantParameter.STP_I_BIAS_COMPARATOR,
                QuadrantParameter.STP_I_RAMP,
                QuadrantParameter.STP_I_CALIB);
        boolean top = half == Hemisphere.TOP;
        cell((top ? ChipParameter.STP_IBIAS_READOUT_TOP : ChipParameter.STP_IBIAS_READOUT_BOTTOM).cell());
        cell((top ? ChipParameter.HAGEN_IBIAS_DAC_TOP : ChipParameter.HAGEN_IBIAS_DAC_BOTTOM).cell());
    }

    private void synapses(Hemisphere half) {
        for (int row = 0; row < SynapseRow.COUNT; row++) {
            for (int column = 0; column < SynapseQuadColumn.COUNT; column++) {
                add(Container.SYNAPSE_WEIGHT_QUAD, SynapseQuad.index(half.index(), row, column));
            }
            for (int column = 0; column < SynapseQuadColumn.COUNT; column++) {
                add(Container.SYNAPSE_LABEL_QUAD, SynapseQuad.index(half.index(), row, column));
            }
        }
        cells(half, QuadrantParameter.SYN_I_BIAS_DAC);
    }

    private void neurons() {
        for (int n = 0; n < AtomicNeuron.COUNT; n++) {
            AtomicNeuron neuron = AtomicNeuron.of(n);
            add(Container.NEURON_CONFIG, n);
            for (NeuronParameter parameter : NeuronParameter.values()) {
                cell(neuron.capMemCell(parameter));
            }
            add(Container.NEURON_BACKEND_CONFIG, neuron.backendIndex());
        }
        for (Side side : Side.values()) {
            add(Container.COMMON_NEURON_BACKEND_CONFIG, side.index());
        }
        all(Container.COLUMN_CURRENT_QUAD);
        for (Hemisphere half : Hemisphere.values()) {
            cells(
                    half,
                    QuadrantParameter.NEURON_V_BIAS_CASC_N,
                    QuadrantParameter.NEURON_I_BIAS_READOUT_AMP,
                    QuadrantParameter.NEURON_I_BIAS_LEAK_SOURCE_FOLLOWER,
                    QuadrantParameter.NEURON_I_BIAS_SPIKE_COMPARATOR,
                    QuadrantParameter.NEURON_I_BIAS_SYNIN_DROP);
        }
    }

    private void cadc(Hemisphere half) {
        add(Container.CADC_CONFIG, half.index());
        cells(
                half,
                QuadrantParameter.CADC_V_RAMP_OFFSET,
                QuadrantParameter.CADC_V_BIAS_RAMP_BUF,
                QuadrantParameter.CADC_I_RAMP_SLOPE,
                QuadrantParameter.CADC_I_BIAS_COMP,
                QuadrantParameter.CADC_I_BIAS_VRESET_BUF,
                QuadrantParameter.SYN_I_BIAS_RAMP,
                QuadrantParameter.SYN_I_BIAS_STORE,
                QuadrantParameter.SYN_I_BIAS_COROUT);
        for (int channel = 0; channel < CADC_CHANNELS_PER_HEMISPHERE; channel++) {
            add(Container.CADC_CHANNEL_CONFIG, CADC_CHANNELS_PER_HEMISPHERE * half.index() + channel);
        }
        blockOf(Container.COLUMN_CORRELATION_QUAD, half.index(), 2);
        add(Container.COMMON_CORRELATION_CONFIG, half.index());
    }

    private void readout() {
        all(Container.READOUT_SOURCE_SELECTION);
        for (ChipParameter parameter : ChipParameter.values()) {
            if (parameter.ordinal() < ChipParameter.STP_IBIAS_READOUT_TOP.ordinal()) {
                cell(parameter.cell());
            }
        }
        all(Container.PAD_MULTIPLEXER_CONFIG);
        all(Container.CURRENT_DAC);
        all(Container.MADC_CONFIG);
    }

    private void all(Container container) {
        blockOf(container, 0, 1);
    }

    private void blockOf(Container container, int block, int blocks) {
        int count = container.layout().instances() / blocks;
        for (int i = 0; i < count; i++) {
            add(container, block * count + i);
        }
    }

    private void cells(Hemisphere half, QuadrantParameter... parameters) {
        for (Side side : Side.values()) {
            for (QuadrantParameter parameter : parameters) {
                cell(parameter.cell(half.quadrant(side)));
            }
        }
    }

    private void cell(CapMemCell cell) {
        add(Container.CAPMEM_CELL, cell.index());
    }

    private void add(Container container, int coordinate) {
        int[] firsts = places.computeIfAbsent(container, c -> {
            int[] none = new int[c.layout().instances()];
            Arrays.fill(none, -1);
            return none;
        });
        firsts[coordinate] = size;
        boolean slow = container == Container.CAPMEM_CELL
                || container == Container.CAPMEM_BLOCK_CONFIG
                || container == Container.REFERENCE_GENERATOR_CONFIG;
        for (int address : container.layout().writeAddresses(coordinate)) {
            addresses[size] = address;
            analog[size++] = slow;
        }
    }
}
