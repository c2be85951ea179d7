package firstspike.emulator.fpga;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.link.PpuPolicy;
import firstspike.driver.link.ResultAssembler;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.message.FromFpga;
import firstspike.driver.message.FromFpgaDecoder;
import firstspike.driver.message.FromFpgaEncoder;
import firstspike.driver.message.FromFpgaMessage;
import firstspike.driver.message.TraceMessages;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.ResponseKind;
import firstspike.emulator.analog.ChipModel;
import firstspike.emulator.analog.Fidelity;
import firstspike.emulator.digital.ChipTiming;
import firstspike.emulator.digital.DigitalChip;
import firstspike.emulator.digital.FabricOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the emulator stamps is what a host decodes, with the words in between. */
class TraceOverTheWireTest {

    private final FromFpgaEncoder encoder = new FromFpgaEncoder();

    private List<FromFpgaMessage> messages() {
        List<FromFpgaMessage> messages = new ArrayList<>();
        send(FromFpgaMessage.sink(messages::add));
        return messages;
    }

    private RunResult result() {
        ResultAssembler assembler = new ResultAssembler();
        send(assembler);
        assertThat(assembler.failure()).isEmpty();
        RunResult.Builder builder = RunResult.builder();
        assembler.fill(builder);
        return builder.build();
    }

    private void send(TraceMessages sink) {
        encoder.flush();
        FromFpgaDecoder decoder = new FromFpgaDecoder(sink);
        decoder.words(encoder.words(), 0, encoder.count());
        decoder.finish();
    }

    @Test
    @DisplayName("W040 10,000 answers keep their times exactly, with at most one time message each")
    void answers() {
        Random random = new Random(40);
        TimeAnnotation annotation = new TimeAnnotation();
        annotation.programStarted();
        long[] times = new long[10_000];
        long time = random.nextInt(1 << 20);
        for (int i = 0; i < times.length; i++) {
            // half of the gaps around the border between the two time messages
            time += random.nextBoolean() ? 1 + random.nextInt(300) : 1 + random.nextInt(1 << 20);
            times[i] = time;
            annotation.before(time, true, encoder);
            encoder.omnibus(i);
        }
        assertThat(result().times(ResponseKind.OMNIBUS)).isEqualTo(times);
        List<FromFpga.Kind> kinds =
                messages().stream().map(FromFpgaMessage::kind).toList();
        int at = 0;
        for (int i = 0; i < times.length; i++) {
            long gap = i == 0 ? Long.MAX_VALUE : times[i] - times[i - 1];
            if (gap > 257) {
                assertThat(kinds.get(at++)).as("answer %d of seed 40", i).isEqualTo(FromFpga.Kind.SYSTIME);
            } else if (gap > 1) {
                assertThat(kinds.get(at++)).as("answer %d of seed 40", i).isEqualTo(FromFpga.Kind.SYSDELTA);
            }
            assertThat(kinds.get(at++)).as("answer %d of seed 40", i).isEqualTo(FromFpga.Kind.OMNIBUS_RESPONSE);
        }
        assertThat(at).isEqualTo(kinds.size());
    }

    @Test
    @DisplayName("W041 512 spikes of one chip tick: each is recorded at its right time or counted as dropped")
    void burst() {
        ChipTiming timing = ChipTiming.reference();
        Trace trace = new Trace(timing, new EventLoss(ChipModel.of(Fidelity.NOMINAL, 0)));
        trace.synchronised(0, 0);
        trace.recording(0, true);
        trace.programStarted(0, 0, 0, encoder);
        int tick = 12_345;
        for (int i = 0; i < 512; i++) {
            trace.event(tick, i, 2 * tick & 255);
        }
        trace.halt(tick + 1000);
        SpikeColumns spikes = result().spikes();
        for (int i = 0; i < spikes.size(); i++) {
            assertThat(spikes.chipTime(i)).isEqualTo(tick);
            assertThat(spikes.fpgaTime(i) - tick).isLessThanOrEqualTo(62);
        }
        assertThat(spikes.size()).isPositive();
        assertThat(spikes.size() + trace.queueDrops()).isEqualTo(512);
    }

    @Test
    @DisplayName("W042 a synchronised program begins with Systime, one that is not has no time; each question gets one")
    void firstMessages() {
        ChipModel model = ChipModel.of(Fidelity.NOMINAL, 0);
        FpgaSettings settings = new FpgaSettings(
                ChipTiming.reference(), model, FpgaSettings.ID_CODE, 0, true, OptionalInt.empty(), false, 1000, true);
        PlaybackExecutor fpga = new PlaybackExecutor(settings, new DigitalChip(model, FabricOptions.DEFAULT));

        assertThat(run(fpga, markers()))
                .containsExactly(
                        FromFpga.Kind.LOOPBACK_RESPONSE,
                        FromFpga.Kind.LOOPBACK_RESPONSE,
                        FromFpga.Kind.LOOPBACK_RESPONSE);
        assertThat(run(fpga, PlaybackProgram.builder().systimeSync(false)))
                .containsExactly(FromFpga.Kind.SYSTIME, FromFpga.Kind.LOOPBACK_RESPONSE);
        assertThat(run(fpga, PlaybackProgram.builder().systimeSync(true).barrier(Barrier.SYSTIME)))
                .filteredOn(FromFpga.Kind.SYSTIME::equals)
                .hasSize(1);
        assertThat(run(fpga, markers()))
                .startsWith(FromFpga.Kind.SYSTIME, FromFpga.Kind.LOOPBACK_RESPONSE)
                .filteredOn(FromFpga.Kind.SYSTIME::equals)
                .hasSize(1);
        assertThat(result().times(ResponseKind.LOOPBACK)[0]).isGreaterThan(1000);
    }

    private static PlaybackProgramBuilder markers() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        builder.marker();
        builder.marker();
        return builder;
    }

    private List<FromFpga.Kind> run(PlaybackExecutor fpga, PlaybackProgramBuilder program) {
        encoder.reset();
        fpga.run(program.done().open(), new RunMode(0, PpuPolicy.REFUSE, false, 1000), RunWatch.PATIENT, encoder);
        return messages().stream().map(FromFpgaMessage::kind).toList();
    }
}
