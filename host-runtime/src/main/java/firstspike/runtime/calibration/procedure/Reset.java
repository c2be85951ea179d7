package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.coordinate.SynapseQuadColumn;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticket;
import firstspike.driver.register.Container;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.search.Search;
import firstspike.runtime.calibration.search.SearchOutcome;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.measurement.CadcPotentials;
import firstspike.runtime.session.ChipConfiguration;

/**
 * Brings reset potentials to their targets: read while a reset holds the membranes for a millisecond (calibration.md 4.3).
 * Immutable.
 */
public final class Reset implements Procedure {

    private static final int LONGEST_COUNTER = 255;
    private static final long SETTLE_TICKS = 1250;

    private final double[] targets;
    private final Search search;
    private final int reads;

    /**
     * @param targets one a neuron, LSB
     * @param search of the codes
     * @param reads whose mean is a result; 1 in a search by bisection
     */
    public Reset(double[] targets, Search search, int reads) {
        this.targets = targets.clone();
        this.search = search;
        this.reads = reads;
    }

    @Override
    public String id() {
        return "neuron.reset";
    }

    @Override
    public Finding run(Bench bench) {
        ChipConfiguration before = bench.configuration();
        prepare(bench);
        SearchOutcome outcome = NeuronSearch.rising(NeuronParameter.V_RESET, search)
                .run(bench, targets, b -> b.read(program -> read(program, reads)));
        Switches.restore(bench, before);
        return NeuronSearch.finding(Quantity.RESET, targets, outcome);
    }

    /**
     * Comparators off, resets of a millisecond: the state in which {@link #read} measures.
     *
     * @param bench holds it afterwards
     */
    public static void prepare(Bench bench) {
        bench.neurons(neuron -> neuron.withThresholdComparator(false).withFire(true));
        bench.backends(backend -> backend.withFastClock(false).withRefractoryTime(LONGEST_COUNTER));
        Switches.slowClock(bench, BaseState.SLOW_SCALE);
    }

    /**
     * Adds resets of all neurons and reads of their potentials meanwhile.
     *
     * @param program gets the instructions
     * @param reads whose mean is a result, at most 16: the reset ends after a millisecond
     * @return potential of each neuron, LSB
     */
    public static Ticket<double[]> read(PlaybackProgramBuilder program, int reads) {
        resetAll(program, Hemisphere.TOP);
        resetAll(program, Hemisphere.BOTTOM);
        program.barrier(Barrier.OMNIBUS).pause(SETTLE_TICKS);
        return CadcPotentials.read(program, reads);
    }

    /** Adds resets of all neurons of a half, four at a time. */
    static void resetAll(PlaybackProgramBuilder program, Hemisphere half) {
        for (int column = 0; column < SynapseQuadColumn.COUNT; column++) {
            int quad = SynapseQuadColumn.COUNT * half.index() + column;
            program.write(Container.NEURON_RESET_QUAD.layout().writeAddresses(quad)[0], 0);
        }
    }
}
