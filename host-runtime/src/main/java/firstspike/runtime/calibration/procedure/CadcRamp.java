package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.CadcChannel;
import firstspike.driver.coordinate.CapMemCell;
import firstspike.driver.coordinate.ColumnQuad;
import firstspike.driver.coordinate.Quadrant;
import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.driver.coordinate.SynapseQuadColumn;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.Ticket;
import firstspike.driver.register.ColumnCorrelationQuad;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerValues;
import firstspike.runtime.calibration.search.BinarySearch;
import firstspike.runtime.calibration.search.PredictionSearch;
import firstspike.runtime.calibration.search.SearchOutcome;
import firstspike.runtime.calibration.search.SearchRange;
import firstspike.runtime.calibration.search.SearchTask;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.measurement.CadcPotentials;
import firstspike.runtime.session.ChipConfiguration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Brings the ramps and channels of the CADC to one scale: codes 70 and 550 of a reference cell read 20 and 220
 * (calibration.md 4.1). Immutable.
 */
public final class CadcRamp implements Procedure {

    /** Code of the low reference voltage. */
    static final int LOW_CODE = 70;
    /** Slope with which the offset is searched. */
    static final int FIRST_SLOPE = 350;

    private static final int HIGH_CODE = 550;
    private static final int MIDDLE_CODE = 310;
    private static final double LOW_READ = 20;
    private static final double HIGH_READ = 220;
    private static final double EXPECTED_MIDDLE = 128;
    private static final double UNUSUAL_MIDDLE = 50;
    private static final SearchRange OFFSETS = new SearchRange(-128, 127);
    /** Conversions whose mean tells a channel's offset: with one, the converter's noise would stay in it. */
    private static final int CONVERSIONS = 16;
    /** Four times the settling time beside the one that each write gets. */
    private static final long LONG_SETTLING_TICKS = 10_000_000;

    @Override
    public String id() {
        return "cadc";
    }

    @Override
    public Finding run(Bench bench) {
        ChipConfiguration before = bench.configuration();
        connect(bench);
        offsets(bench, new int[CadcChannel.COUNT]);
        List<String> warnings = new ArrayList<>();

        bench.set(QuadrantParameter.CADC_I_RAMP_SLOPE, FIRST_SLOPE);
        SearchOutcome offset = quadrants(bench, QuadrantParameter.CADC_V_RAMP_OFFSET, LOW_CODE, LOW_READ);
        SearchOutcome slope = quadrants(bench, QuadrantParameter.CADC_I_RAMP_SLOPE, HIGH_CODE, HIGH_READ);

        bench.set(QuadrantParameter.STP_V_CHARGE_0, MIDDLE_CODE);
        double[] reads = channels(bench, LONG_SETTLING_TICKS);
        double middle = median(reads);
        if (Math.abs(middle - EXPECTED_MIDDLE) > UNUSUAL_MIDDLE) {
            warnings.add("the middle of the CADC reads " + middle + " LSB, far from " + EXPECTED_MIDDLE);
        }
        double[] targets = new double[CadcChannel.COUNT];
        Arrays.fill(targets, middle);
        SearchOutcome channel =
                PredictionSearch.linear(0, 1).search(new SearchTask(OFFSETS, targets, false), codes -> reads);
        offsets(bench, channel.codes());
        double[] results = channels(bench, 0);

        disconnect(bench, before);
        return new Finding(
                Optional.empty(), targets, results, channel.failures(), offset.steps() + slope.steps() + 2, warnings);
    }

    private static SearchOutcome quadrants(Bench bench, QuadrantParameter parameter, int reference, double read) {
        bench.set(QuadrantParameter.STP_V_CHARGE_0, reference);
        double[] targets = new double[Quadrant.COUNT];
        Arrays.fill(targets, read);
        SearchOutcome outcome = BinarySearch.plain().search(new SearchTask(SearchRange.CELL, targets, true), codes -> {
            bench.set(parameter, codes);
            return quadrantMeans(channels(bench, 0));
        });
        bench.set(parameter, outcome.codes());
        return outcome;
    }

    private static double[] channels(Bench bench, long ticks) {
        List<Ticket<short[]>> tickets = new ArrayList<>();
        var done = bench.run(program -> {
            tickets.clear();
            program.pause(ticks);
            for (int i = 0; i < CONVERSIONS; i++) {
                tickets.add(CadcPotentials.channels(program));
            }
            program.barrier(Barrier.OMNIBUS);
            return tickets;
        });
        double[] means = new double[CadcChannel.COUNT];
        for (Ticket<short[]> ticket : done.tickets()) {
            short[] values = done.result().get(ticket);
            for (int i = 0; i < means.length; i++) {
                means[i] += values[i] / (double) CONVERSIONS;
            }
        }
        return means;
    }

    private static double[] quadrantMeans(double[] channels) {
        double[] means = new double[Quadrant.COUNT];
        for (int i = 0; i < channels.length; i++) {
            CadcChannel channel = CadcChannel.of(i);
            int quadrant =
                    channel.hemisphere().quadrant(channel.column().side()).index();
            means[quadrant] += channels[i] * Quadrant.COUNT / channels.length;
        }
        return means;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static void offsets(Bench bench, int[] offsets) {
        ChipConfiguration.Builder builder = bench.configuration().change();
        ContainerValues none = Container.CADC_CHANNEL_CONFIG.layout().defaults();
        for (int i = 0; i < offsets.length; i++) {
            builder.set(Container.CADC_CHANNEL_CONFIG, i, none.with("offset", offsets[i]));
        }
        bench.configure(builder.build());
    }

    /** Puts the reference cell of all quadrants on the debug lines of both channel types, and the channels on these. */
    private static void connect(Bench bench) {
        ChipConfiguration.Builder builder = bench.configuration().change();
        for (Quadrant quadrant : Quadrant.values()) {
            CapMemCell reference = QuadrantParameter.STP_V_CHARGE_0.cell(quadrant);
            builder.set(
                    Container.CAPMEM_BLOCK_CONFIG,
                    quadrant.index(),
                    bench.configuration()
                            .values(Container.CAPMEM_BLOCK_CONFIG, quadrant.index())
                            .with("debug_readout_enable", true)
                            .with("debug_capmem_coord", reference.indexOnBlock()));
        }
        ContainerValues pad = bench.configuration()
                .values(Container.PAD_MULTIPLEXER_CONFIG, 0)
                .with("capmem_v_out_mux", 0, true)
                .with("capmem_v_out_mux_to_capmem_intermediate_mux", true)
                .with("capmem_intermediate_mux_to_pad", true)
                .with("cadc_debug_causal_to_synapse_intermediate_mux", true)
                .with("cadc_debug_acausal_to_synapse_intermediate_mux", true)
                .with("synapse_intermediate_mux_to_pad", true);
        builder.set(Container.PAD_MULTIPLEXER_CONFIG, 0, pad);
        for (int q = 0; q < ColumnQuad.COUNT; q++) {
            ColumnCorrelationQuad switches = ColumnCorrelationQuad.defaults(ColumnQuad.of(q));
            for (int entry = 0; entry < SynapseQuadColumn.ENTRIES; entry++) {
                switches = switches.withDebug(entry, true).withInternal(entry, true);
            }
            builder.set(switches);
        }
        bench.configure(builder.build());
    }

    private static void disconnect(Bench bench, ChipConfiguration before) {
        ChipConfiguration.Builder builder = bench.configuration().change();
        for (Quadrant quadrant : Quadrant.values()) {
            builder.set(
                    Container.CAPMEM_BLOCK_CONFIG,
                    quadrant.index(),
                    before.values(Container.CAPMEM_BLOCK_CONFIG, quadrant.index()));
            CapMemCell reference = QuadrantParameter.STP_V_CHARGE_0.cell(quadrant);
            builder.code(reference, before.word(ChipConfiguration.codePlace(reference)));
        }
        builder.set(Container.PAD_MULTIPLEXER_CONFIG, 0, before.values(Container.PAD_MULTIPLEXER_CONFIG, 0));
        for (int q = 0; q < ColumnQuad.COUNT; q++) {
            builder.set(Container.COLUMN_CORRELATION_QUAD, q, before.values(Container.COLUMN_CORRELATION_QUAD, q));
        }
        bench.configure(builder.build());
    }
}
