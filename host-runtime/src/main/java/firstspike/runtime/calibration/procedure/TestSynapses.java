package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.PadiBus;
import firstspike.driver.coordinate.SpikeLabel;
import firstspike.driver.coordinate.SynapseDriver;
import firstspike.driver.coordinate.SynapseQuad;
import firstspike.driver.coordinate.SynapseQuadColumn;
import firstspike.driver.coordinate.SynapseRow;
import firstspike.driver.register.CommonPadiBusConfig;
import firstspike.driver.register.PadiEvent;
import firstspike.driver.register.SynapseDriverConfig;
import firstspike.driver.register.SynapseDriverConfig.RowMode;
import firstspike.driver.register.SynapseLabelQuad;
import firstspike.driver.register.SynapseWeightQuad;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.session.ChipConfiguration;

/**
 * Synapses through which an event of the host reaches all neurons of one half at once: on each of its four buses a driver
 * that the other half has not, one row excitatory, one inhibitory. Weights are 63 unless set otherwise.
 */
public final class TestSynapses {

    /** Buses, each with rows of its own: as many events can act in one tick. */
    public static final int BUSES = PadiBus.ON_BLOCK;

    private static final int EXCITATORY_LABEL = 1;
    private static final int INHIBITORY_LABEL = 2;
    private static final int LARGEST_WEIGHT = 63;

    private TestSynapses() {}

    /** Adds the synapses to a configuration. */
    static void configure(ChipConfiguration.Builder chip) {
        for (Hemisphere half : Hemisphere.values()) {
            chip.set(CommonPadiBusConfig.defaults(half).withAllSpl1(true));
            for (int bus = 0; bus < BUSES; bus++) {
                SynapseDriver driver = driver(half, bus);
                chip.set(SynapseDriverConfig.defaults(driver)
                        .withReceiver(true)
                        .withRowModes(RowMode.INHIBITORY, RowMode.EXCITATORY));
                labels(chip, half, driver.bottomRow().index(), EXCITATORY_LABEL);
                labels(chip, half, driver.topRow().index(), INHIBITORY_LABEL);
            }
        }
        weights(chip, LARGEST_WEIGHT);
    }

    /**
     * Changes the weight of all test synapses.
     *
     * @param bench gets the words
     * @param weight 0 to 63
     */
    public static void weights(Bench bench, int weight) {
        ChipConfiguration.Builder chip = bench.configuration().change();
        weights(chip, weight);
        bench.configure(chip.build());
    }

    /**
     * @param half whose neurons it reaches
     * @param bus 0 to 3: which of the four rows of its kind
     * @param excitatory whether it raises potentials
     * @return label of an event
     */
    public static int label(Hemisphere half, int bus, boolean excitatory) {
        return SpikeLabel.of(0)
                .withSpl1Address(bus)
                .withRowSelectAddress(driver(half, bus).onPadiBus())
                .withSynapseLabel(excitatory ? EXCITATORY_LABEL : INHIBITORY_LABEL)
                .value();
    }

    /** Row of the excitatory synapses that listen to a bus. */
    static SynapseRow excitatoryRow(Hemisphere half, int bus) {
        return driver(half, bus).bottomRow();
    }

    /** An event that a register sets off on buses that do not listen to the crossbar. */
    static PadiEvent excitatoryEvent(Hemisphere half, int busMask) {
        return new PadiEvent(half, busMask, driver(half, 0).onPadiBus(), EXCITATORY_LABEL);
    }

    private static SynapseDriver driver(Hemisphere half, int bus) {
        return SynapseDriver.of(PadiBus.of(half, bus), half.index());
    }

    private static void labels(ChipConfiguration.Builder chip, Hemisphere half, int row, int label) {
        for (int column = 0; column < SynapseQuadColumn.COUNT; column++) {
            SynapseQuad quad = SynapseQuad.of(SynapseQuad.index(half.index(), row, column));
            chip.set(new SynapseLabelQuad(quad, label, label, label, label));
        }
    }

    private static void weights(ChipConfiguration.Builder chip, int weight) {
        for (Hemisphere half : Hemisphere.values()) {
            for (int bus = 0; bus < BUSES; bus++) {
                SynapseDriver driver = driver(half, bus);
                for (int row :
                        new int[] {driver.bottomRow().index(), driver.topRow().index()}) {
                    for (int column = 0; column < SynapseQuadColumn.COUNT; column++) {
                        SynapseQuad quad = SynapseQuad.of(SynapseQuad.index(half.index(), row, column));
                        chip.set(new SynapseWeightQuad(quad, weight, weight, weight, weight));
                    }
                }
            }
        }
    }
}
