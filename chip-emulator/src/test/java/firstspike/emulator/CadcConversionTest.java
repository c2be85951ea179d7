package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import firstspike.driver.coordinate.ColumnQuad;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.NeuronColumn;
import firstspike.driver.coordinate.SynapseRow;
import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.RunResult;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.Note;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.PlaybackProgramBuilder.Marker;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.playback.Ticket;
import firstspike.driver.playback.Ticks;
import firstspike.driver.readout.CadcTrace;
import firstspike.driver.register.CadcRowRead;
import firstspike.driver.register.ColumnCorrelationQuad;
import firstspike.driver.register.Container;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CadcConversionTest {
    private static Bench bench;
    private static String settled;

    @BeforeAll
    static void setUp() {
        bench = ReadoutSetup.bench();
        settled = bench.chip.snapshot();
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @BeforeEach
    void restore() {
        bench.chip.restore(settled);
    }

    private static final int COLUMN = ReadoutSetup.FIRST_COLUMN;
    private static final int ACAUSAL = 256;
    /** Reading of v_leak 466 (analog.md 18). */
    private static final short RESTING = 80;

    private static Ticket<short[]> row(PlaybackProgramBuilder program, Hemisphere hemisphere) {
        return program.read(CadcRowRead.addresses(hemisphere, SynapseRow.of(0)), CadcRowRead::samples);
    }

    private static List<String> notes(RunResult result) {
        return result.health().notes().stream().map(Note::name).toList();
    }

    @Test
    @DisplayName("T160 a trigger read answers at S 176")
    void triggerRead() {
        PlaybackProgramBuilder program = Bench.p0();
        Ticket<Integer> quad = program.read(ReadoutSetup.TOP_TRIGGER);
        Ticket<Marker> marker = program.marker();
        RunResult result = bench.run(program.barrier(Barrier.OMNIBUS));
        assertThat(result.fpgaTime(quad)).isEqualTo(176);
        assertThat(result.fpgaTime(marker)).as("spikes and markers go on").isEqualTo(3);
        assertThat(result.get(quad)).isEqualTo(0x0000_5050);
    }

    @Test
    @DisplayName("T160 a conversion holds the chip's bus: what comes later takes effect after it")
    void holdsTheBus() {
        PlaybackProgramBuilder program = Bench.p0();
        program.read(ReadoutSetup.TOP_TRIGGER);
        Ticket<Integer> later = program.read(Bench.PPU_MEMORY);
        RunResult result = bench.run(program.barrier(Barrier.OMNIBUS));
        assertThat(result.fpgaTime(later)).isEqualTo(178);
        PlaybackProgramBuilder longer = Bench.p0();
        ReadoutSetup.write(
                longer,
                Container.CADC_CONFIG,
                0,
                ReadoutSetup.cadc().with("enable", true).with("dead_time", 255));
        Ticket<Integer> quad = longer.read(ReadoutSetup.TOP_TRIGGER);
        // written at S 3, read at S 5; (100 + 256 + 255) cycles of 2 ns are 153 ticks
        assertThat(bench.run(longer.barrier(Barrier.OMNIBUS)).fpgaTime(quad)).isEqualTo(5 + 80 + 153);
    }

    @Test
    @DisplayName("T161 R099 buffered reads show the last conversion of their half, whatever membranes do")
    void bufferedReads() {
        PlaybackProgramBuilder program = Bench.p0();
        Ticket<Integer> before = program.read(ReadoutSetup.TOP_TRIGGER);
        Ticket<Integer> bottom = program.read(ReadoutSetup.BOTTOM_TRIGGER + ReadoutSetup.BUFFERED);
        program.barrier(Barrier.OMNIBUS).spike(TwoNeurons.INPUT).pause(500);
        Ticket<Integer> same = program.read(ReadoutSetup.TOP_TRIGGER + ReadoutSetup.BUFFERED);
        Ticket<Integer> acausal = program.read(ReadoutSetup.TOP_TRIGGER + ReadoutSetup.BUFFERED + ReadoutSetup.ACAUSAL);
        Ticket<Integer> after = program.read(ReadoutSetup.TOP_TRIGGER + 64 * 200 + 1);
        Ticket<Integer> now = program.read(ReadoutSetup.TOP_TRIGGER + ReadoutSetup.BUFFERED);
        Ticket<Integer> nowAcausal =
                program.read(ReadoutSetup.TOP_TRIGGER + ReadoutSetup.BUFFERED + ReadoutSetup.ACAUSAL);
        Ticket<Integer> stillBottom = program.read(ReadoutSetup.BOTTOM_TRIGGER + ReadoutSetup.BUFFERED);
        RunResult result = bench.run(program.barrier(Barrier.OMNIBUS));
        assertThat(result.get(before)).isEqualTo(0x0000_5050);
        assertThat(result.get(same)).isEqualTo(0x0000_5050);
        assertThat(result.get(acausal)).isEqualTo(0x0000_5050);
        assertThat(result.get(after)).as("quad 1 of row 200").isZero();
        assertThat(result.get(now) >>> 8 & 0xFF).isGreaterThan(90);
        assertThat(result.get(nowAcausal)).isEqualTo(result.get(now));
        assertThat(result.get(bottom)).isZero();
        assertThat(result.get(stillBottom)).isZero();
    }

    @Test
    @DisplayName("R100 a CADC that is not enabled reads 0 and is noted")
    void disabled() {
        PlaybackProgramBuilder program = ReadoutSetup.write(Bench.p0(), Container.CADC_CONFIG, 0, ReadoutSetup.cadc());
        Ticket<short[]> row = row(program, Hemisphere.TOP);
        RunResult result = bench.run(program.barrier(Barrier.OMNIBUS));
        assertThat(result.get(row)).containsOnly(0);
        assertThat(notes(result)).contains("cadc-disabled");
    }

    @Test
    @DisplayName("R101 an offset of +10 raises the sample by 10, saturating at 255")
    void offset() {
        PlaybackProgramBuilder program = Bench.p0();
        offset(program, 0, 10);
        Ticket<short[]> raised = row(program, Hemisphere.TOP);
        offset(program, 0, -128);
        // 80 and 127 stay in range; with an inhibited ramp the raw reading itself is 255
        program.write(0x0014_1004, 0);
        offset(program, 1, 127);
        program.barrier(Barrier.OMNIBUS).pause(2_600_000);
        Ticket<short[]> saturated = row(program, Hemisphere.TOP);
        RunResult result = bench.run(program.barrier(Barrier.OMNIBUS));
        assertThat(result.get(raised)[COLUMN]).isEqualTo((short) (RESTING + 10));
        assertThat(result.get(raised)[ACAUSAL + COLUMN]).isEqualTo(RESTING);
        // without ramp offset the reading of 0.37628 V is 109
        assertThat(result.get(saturated)[COLUMN]).isZero();
        assertThat(result.get(saturated)[ACAUSAL + COLUMN]).isEqualTo((short) 236);
        PlaybackProgramBuilder strong = Bench.p0().write(0x0014_100F, 100);
        strong.barrier(Barrier.OMNIBUS).pause(2_600_000);
        Ticket<short[]> steep = row(strong, Hemisphere.TOP);
        RunResult clipped = bench.run(strong.barrier(Barrier.OMNIBUS));
        assertThat(clipped.get(steep)[ACAUSAL + COLUMN]).isEqualTo((short) 255);
        assertThat(clipped.health().count(HealthKeys.SATURATED_SAMPLES)).isPositive();
        assertThat(notes(clipped)).contains("adc-clipped");
    }

    private static void offset(PlaybackProgramBuilder program, int type, int offset) {
        ReadoutSetup.write(
                program,
                Container.CADC_CHANNEL_CONFIG,
                256 * type + COLUMN,
                Container.CADC_CHANNEL_CONFIG.layout().defaults().with("offset", offset));
    }

    @Test
    @DisplayName("R102 a membrane appears in both channels with all four switches, not without the readout switches")
    void switches() {
        PlaybackProgramBuilder program = Bench.p0();
        Ticket<short[]> closed = row(program, Hemisphere.TOP);
        ReadoutSetup.write(
                program,
                ColumnCorrelationQuad.defaults(ColumnQuad.of(0))
                        .withInternal(COLUMN / 2, true)
                        .withInternal(ReadoutSetup.SECOND_COLUMN / 2, true)
                        .withNeuronReadout(ReadoutSetup.SECOND_COLUMN / 2, true));
        Ticket<short[]> open = row(program, Hemisphere.TOP);
        RunResult result = bench.run(program.barrier(Barrier.OMNIBUS));
        assertThat(result.get(closed)[COLUMN]).isEqualTo(RESTING);
        assertThat(result.get(closed)[ACAUSAL + COLUMN]).isEqualTo(RESTING);
        assertThat(result.get(open)[COLUMN]).isNotEqualTo(RESTING);
        assertThat(result.get(open)[ACAUSAL + COLUMN]).isNotEqualTo(RESTING);
        assertThat(result.get(open)[ReadoutSetup.SECOND_COLUMN]).isEqualTo(RESTING);
    }

    @Test
    @DisplayName("T170 a correlation sensor without pairs reads the baseline 210")
    void correlation() {
        PlaybackProgramBuilder program = Bench.p0();
        ReadoutSetup.write(
                program, ColumnCorrelationQuad.defaults(ColumnQuad.of(0)).withInternal(COLUMN / 2, true));
        Ticket<short[]> row = row(program, Hemisphere.TOP);
        RunResult result = bench.run(program.barrier(Barrier.OMNIBUS));
        assertThat(result.get(row)[COLUMN]).isEqualTo((short) 210);
        assertThat(result.get(row)[ACAUSAL + COLUMN]).isEqualTo((short) 210);
        PlaybackProgramBuilder none = Bench.p0();
        Ticket<Integer> buffered = none.read(ReadoutSetup.TOP_TRIGGER + ReadoutSetup.BUFFERED);
        RunResult without = bench.run(none.barrier(Barrier.OMNIBUS));
        assertThat(without.get(buffered) >>> 8 & 0xFF).isEqualTo(210);
    }

    @Test
    @DisplayName(
            "A-12 channels on the debug line read the CapMem cell that a pad joins to it: codes 70 and 550 read 20 and 220")
    void debugLine() {
        PlaybackProgramBuilder program = Bench.p0();
        for (int quad = 0; quad < ColumnQuad.COUNT; quad++) {
            ColumnCorrelationQuad switches = ColumnCorrelationQuad.defaults(ColumnQuad.of(quad));
            program.write(switches.writeAddresses(), new int[] {0, 0xC0C0_C0C0, 0, 0});
        }
        ReadoutSetup.write(
                program,
                Container.PAD_MULTIPLEXER_CONFIG,
                0,
                Container.PAD_MULTIPLEXER_CONFIG
                        .layout()
                        .defaults()
                        .with("capmem_v_out_mux[0]", true)
                        .with("capmem_v_out_mux_to_capmem_intermediate_mux", true)
                        .with("capmem_intermediate_mux_to_pad", true)
                        .with("cadc_debug_causal_to_synapse_intermediate_mux", true)
                        .with("synapse_intermediate_mux_to_pad", true));
        // debug output of cell row 0 of column 128, stp_v_charge_0
        program.write(0x0014_4000, 0x0080_0000).write(0x0014_4001, 128);
        program.write(0x0014_0000 + 32 * 128, 550).barrier(Barrier.OMNIBUS).pause(2_600_000);
        Ticket<short[]> high = row(program, Hemisphere.TOP);
        Ticket<short[]> highBottom = row(program, Hemisphere.BOTTOM);
        program.write(0x0014_0000 + 32 * 128, 70).barrier(Barrier.OMNIBUS).pause(2_600_000);
        Ticket<short[]> low = row(program, Hemisphere.TOP);
        RunResult result = bench.run(program.barrier(Barrier.OMNIBUS));
        for (int column = 0; column < 256; column++) {
            assertThat(result.get(high)[column]).isEqualTo((short) 220);
            assertThat(result.get(highBottom)[column]).isEqualTo((short) 220);
            assertThat(result.get(low)[column]).isEqualTo((short) 20);
            assertThat(result.get(high)[ACAUSAL + column]).as("not joined").isZero();
        }
    }

    @Test
    @DisplayName("A-20 pairs of a program's events take counts off the baseline of their row, others stay")
    void correlationOfPairs() {
        int pairs = 60;
        long period = 1000;
        PlaybackProgramBuilder program = Bench.p0();
        program.write(0x0014_1009, 80).write(0x0014_100A, 70);
        ReadoutSetup.write(
                program, ColumnCorrelationQuad.defaults(ColumnQuad.of(0)).withInternal(COLUMN / 2, true));
        program.barrier(Barrier.OMNIBUS).pause(2_600_000);
        program.write(0x02C9_0000 + 64 * 40, 0).barrier(Barrier.OMNIBUS).timerReset();
        for (int pair = 1; pair <= pairs; pair++) {
            // event and artificial spike take the same time to the chip
            program.waitUntil(period * pair).spike(TwoNeurons.INPUT);
            program.waitUntil(period * pair + 250).write(0x0012_2000 + 4 * COLUMN, 0);
        }
        program.barrier(Barrier.OMNIBUS).pause(100);
        Ticket<short[]> row =
                program.read(CadcRowRead.addresses(Hemisphere.TOP, SynapseRow.of(40)), CadcRowRead::samples);
        Ticket<short[]> other = row(program, Hemisphere.TOP);
        RunResult result = bench.run(program.barrier(Barrier.OMNIBUS));
        double causal = pairs * 0.5 * Math.exp(-250 * 8e-9 / 5e-6);
        double acausal = (pairs - 1) * 0.5 * Math.exp(-(period - 250) * 8e-9 / 5e-6);
        assertThat((double) result.get(row)[COLUMN]).isCloseTo(210 - causal, within(1.0));
        assertThat((double) result.get(row)[ACAUSAL + COLUMN]).isCloseTo(210 - acausal, within(1.0));
        assertThat(result.get(other)[COLUMN]).isEqualTo((short) 210);
    }

    @Test
    @DisplayName("T164 cadcTrace: a period of 255 is refused, one of 256 is kept")
    void trace() {
        assertThatThrownBy(() -> CadcTrace.read(Bench.p0(), Hemisphere.TOP, Ticks.of(255), 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("255")
                .hasMessageContaining("256");
        PlaybackProgramBuilder program = Bench.p0();
        Ticket<CadcTrace> trace = CadcTrace.read(program, Hemisphere.TOP, Ticks.of(256), 4);
        // the timer was reset once more, so the first pass begins at S 3
        RunResult result = bench.run(program.barrier(Barrier.OMNIBUS));
        assertThat(result.get(trace).size()).isEqualTo(4);
        for (int sample = 0; sample < 4; sample++) {
            assertThat(result.get(trace).value(sample, NeuronColumn.of(COLUMN))).isEqualTo(RESTING);
            assertThat(result.get(trace).value(sample, NeuronColumn.of(COLUMN + 1)))
                    .isZero();
            assertThat(result.times(ResponseKind.OMNIBUS)[65 * sample]).isEqualTo(3 + 256 * sample + 80 + 94);
        }
    }
}
