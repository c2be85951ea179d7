package firstspike.driver.fpga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import firstspike.driver.error.ChipBusyException;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.LinkLostException;
import firstspike.driver.error.TargetUnavailableException;
import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.TargetUri;
import firstspike.driver.link.TestClock;
import firstspike.driver.message.ToFpga;
import firstspike.driver.message.WireException;
import firstspike.driver.playback.PlaybackProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FpgaSourceTest {

    private static final String TARGET = "fpga://192.0.2.1";
    private static final PlaybackProgram PROGRAM = PlaybackProgram.ofWords(new long[] {ToFpga.tick()});
    private static final String EMULATED = """
            version: 1
            compatible_until: 2
            firstspike:
              target: "emu:varied?seed=7&mismatch=residual"
              chip_id: emu-varied-7-residual
              fidelity: varied
              needs_calibration: false
              latency_input_ticks: 42
              latency_output_ticks: 2
              software: firstspike 9
              colour: red
            """;

    private final TestClock clock = TestClock.jumping();
    private final ScriptedFpga fpga = new ScriptedFpga();
    private ScriptedSessions sessions = new ScriptedSessions(fpga);
    private FpgaSource source = source(TARGET);

    private FpgaSource source(String target) {
        return FpgaSource.scripted(target, FpgaOptions.defaults().withClock(clock), sessions);
    }

    private FpgaLink open() {
        return source.open(source.chips().get(0).chipId(), LinkOptions.defaults());
    }

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    @DisplayName("W115 an information text with the map describes the emulated chip, unknown keys are ignored")
    void emulated() {
        sessions = new ScriptedSessions(fpga, EMULATED);
        source = source(TARGET);

        ChipDescription chip = source.chips().get(0);

        assertThat(chip.kind()).isEqualTo(ChipDescription.Kind.EMULATOR);
        assertThat(chip.target()).isEqualTo("emu:varied?seed=7&mismatch=residual");
        assertThat(chip.chipId().value()).isEqualTo("emu-varied-7-residual");
        assertThat(chip.fidelity()).isEqualTo("varied");
        assertThat(chip.needsCalibration()).isFalse();
        assertThat(chip.inputLatencyTicks()).isEqualTo(OptionalLong.of(42));
        assertThat(chip.outputLatencyTicks()).isEqualTo(OptionalLong.of(2));
        assertThat(chip.softwareVersion()).isEqualTo("firstspike 9");
        assertThat(chip.properties()).containsEntry("fpga", TARGET);
    }

    @Test
    @DisplayName("W115 a text without the map, or with one that says too little, means hardware")
    void notEmulated() {
        for (String text : List.of(
                ScriptedFpga.INFORMATION,
                "version: 1\ncompatible_until: 2\nfirstspike: 7\n",
                EMULATED.replace("needs_calibration: false", "needs_calibration: maybe"),
                EMULATED.replace("chip_id: emu-varied-7-residual", "chip_id: ../etc"),
                EMULATED.replace("  fidelity: varied\n", ""),
                "firstspike: [1, {",
                "\u0000")) {
            sessions = new ScriptedSessions(fpga, text);
            source = source(TARGET);

            assertThat(source.chips().get(0).kind()).as(text).isEqualTo(ChipDescription.Kind.HARDWARE);
            assertThat(source.chips().get(0).fidelity()).isEqualTo("hardware");
            source.close();
        }
    }

    @Test
    @DisplayName("A source that is closed is no lost session: nothing warns")
    void closesQuietly() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(FpgaBoard.class);
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        try {
            open().run(PROGRAM, RunOptions.defaults());
            source.close();
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }

        assertThat(log.list).isNotEmpty().noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
    }

    @Test
    @DisplayName("The name of the set-up is the chip's id, hardware or not")
    void named() {
        source = FpgaSource.scripted(TARGET, FpgaOptions.defaults().withChipId(new ChipId("W66F3")), sessions);
        assertThat(source.chips().get(0).chipId().value()).isEqualTo("W66F3");
        assertThat(source.chips().get(0).properties()).containsEntry("device_dna", "1234");
    }

    @Test
    @DisplayName("A chip of another JTAG id is refused unless the target allows it")
    void unknownChip() {
        fpga.jtagId(0x1485_80AF);

        assertThatThrownBy(() -> source.chips())
                .isInstanceOf(UnsupportedOnTargetException.class)
                .returns("BITFILE", error -> ((ChipException) error).code())
                .hasMessageContaining("0x148580af")
                .hasMessageContaining("allow_unknown=true");

        source = source(TARGET + "?allow_unknown=true");
        assertThat(source.chips().get(0).properties()).containsEntry("jtag_id", "0x148580af");
    }

    @Test
    @DisplayName("A bitfile that does not fit is refused at once, whatever the patience")
    void bitfile() {
        sessions.refuse(1, WireException.Code.BITFILE_TOO_OLD);
        UnsupportedOnTargetException refused =
                catchThrowableOfType(UnsupportedOnTargetException.class, () -> source.chips());
        assertThat(refused.code()).isEqualTo("BITFILE");
        assertThat(refused.detail().fields()).containsEntry("wire_code", "BITFILE_TOO_OLD");
        assertThat(source.chips()).hasSize(1);
    }

    @Test
    @DisplayName("A second session of this process with the same FPGA is busy, not unreachable")
    void busy() {
        sessions.refuse(1, WireException.Code.ENDPOINT_BUSY);
        assertThatThrownBy(() -> source.chips()).isInstanceOf(ChipBusyException.class);
    }

    @Test
    @DisplayName("An FPGA that does not answer is tried ten times, a second apart, then it is unreachable")
    void unreachable() {
        sessions.refuse(100, WireException.Code.RESET_TIMEOUT);
        TargetUnavailableException refused =
                catchThrowableOfType(TargetUnavailableException.class, () -> source.chips());
        assertThat(refused.code()).isEqualTo("TARGET_UNREACHABLE");
        assertThat(refused.detail().fields())
                .containsEntry("attempts", "10")
                .containsEntry("wire_code", "RESET_TIMEOUT")
                .containsEntry("reason", "UNREACHABLE");
        assertThat(Duration.ofNanos(clock.nanoTime())).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    @DisplayName("An FPGA that answers at the third attempt is there")
    void patience() {
        sessions.refuse(2, WireException.Code.RESET_TIMEOUT);
        assertThat(source.chips()).hasSize(1);
    }

    @Test
    @DisplayName("A session lost between two programs: the next run says that the state is unknown, the one after runs")
    void lostIdle() {
        FpgaLink link = open();
        link.run(PROGRAM, RunOptions.defaults());
        sessions.current().fail(WireException.Code.SOCKET);

        LinkLostException lost =
                catchThrowableOfType(LinkLostException.class, () -> link.run(PROGRAM, RunOptions.defaults()));

        assertThat(lost.chipStateKnown()).isFalse();
        assertThat(lost.partialResult()).isEmpty();
        assertThat(fpga.programs()).hasSize(1);
        assertThat(link.run(PROGRAM, RunOptions.defaults()).health().notes())
                .anyMatch(note -> note.name().equals("link-rebuilt"));
        assertThat(fpga.sessions()).isEqualTo(2);
    }

    @Test
    @DisplayName("A second link to the chip is refused until the first gives it back; closing twice gives back once")
    void oneUser() {
        FpgaLink first = open();
        first.run(PROGRAM, RunOptions.defaults());

        ChipBusyException busy = catchThrowableOfType(ChipBusyException.class, this::open);
        assertThat(busy.detail().fields()).containsEntry("wire_code", "ENDPOINT_BUSY");
        first.close();
        FpgaLink second = open();
        first.close();

        assertThatThrownBy(this::open).isInstanceOf(ChipBusyException.class);
        second.run(PROGRAM, RunOptions.defaults());
        assertThat(fpga.programs()).hasSize(2);
        assertThat(fpga.sessions()).isEqualTo(1);
    }

    @Test
    @DisplayName("A link that gave the chip back is refused, with the state known; a closed source refuses all")
    void closed() {
        FpgaLink link = open();
        link.close();
        FpgaLink other = open();
        LinkLostException refused =
                catchThrowableOfType(LinkLostException.class, () -> link.run(PROGRAM, RunOptions.defaults()));
        assertThat(refused.chipStateKnown()).isTrue();

        source.close();
        LinkLostException gone =
                catchThrowableOfType(LinkLostException.class, () -> other.run(PROGRAM, RunOptions.defaults()));
        assertThat(gone).hasMessageContaining("closed");
        assertThat(fpga.programs()).isEmpty();
    }

    @Test
    @DisplayName("Whoever asks is told when the FPGA is lost and when it is back")
    void availability() {
        List<Boolean> told = new ArrayList<>();
        FpgaLink link = open();
        source.onAvailability((chip, up) -> told.add(up));
        link.run(PROGRAM, RunOptions.defaults());
        sessions.current().fail(WireException.Code.SOCKET);
        assertThat(told).containsExactly(false);

        sessions.refuse(100, WireException.Code.RESET_TIMEOUT);
        assertThatThrownBy(() -> link.run(PROGRAM, RunOptions.defaults()))
                .isInstanceOf(TargetUnavailableException.class)
                .returns("TARGET_UNREACHABLE", error -> ((ChipException) error).code());
        sessions.refuse(0, WireException.Code.RESET_TIMEOUT);
        assertThatThrownBy(() -> link.run(PROGRAM, RunOptions.defaults())).isInstanceOf(LinkLostException.class);
        link.run(PROGRAM, RunOptions.defaults());

        assertThat(told).containsExactly(false, false, true);
    }

    @Test
    @DisplayName("A look at an FPGA that nobody uses: a word without meaning, or a lost session opened again")
    void look() {
        List<Boolean> told = new ArrayList<>();
        FpgaBoard board = new FpgaBoard(
                FpgaTarget.of(TargetUri.parse(TARGET)), FpgaOptions.defaults().withClock(clock), sessions);
        FpgaWatch watch = new FpgaWatch(board, clock);
        watch.look();
        assertThat(fpga.sessions()).isZero();
        board.identity();
        board.onAvailability(told::add);

        watch.look();
        assertThat(fpga.idleWords()).isEqualTo(1);
        sessions.current().fail(WireException.Code.MAX_RESENDS);
        sessions.refuse(1, WireException.Code.RESET_TIMEOUT);
        watch.look();
        watch.look();

        assertThat(told).containsExactly(false, false, true);
        assertThat(fpga.sessions()).isEqualTo(2);
        board.close();
        watch.look();
        assertThat(fpga.sessions()).isEqualTo(2);
    }

    @Test
    @DisplayName("When another chip answers after a restart it is refused")
    void otherChip() {
        FpgaLink link = open();
        fpga.register(0x8800_0004, 0x4321);
        sessions.current().fail(WireException.Code.SOCKET);

        assertThatThrownBy(() -> link.run(PROGRAM, RunOptions.defaults()))
                .isInstanceOf(UnsupportedOnTargetException.class)
                .returns("BITFILE", error -> ((ChipException) error).code())
                .hasMessageContaining("hw-4321")
                .hasMessageContaining("hw-1234");
    }
}
