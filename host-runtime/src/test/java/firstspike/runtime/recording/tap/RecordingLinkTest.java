package firstspike.runtime.recording.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.LinkLostException;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.ScriptedLink;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.runtime.recording.log.LogHeader;
import firstspike.runtime.recording.log.LogRecord;
import firstspike.runtime.recording.log.LogSettings;
import firstspike.runtime.recording.log.Mark;
import firstspike.runtime.recording.log.SetupRecord;
import firstspike.runtime.recording.log.SpikeChunk;
import firstspike.runtime.recording.log.SpikeLog;
import firstspike.runtime.recording.log.SpikeLogWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingLinkTest {

    private static final RecordingOptions OPTIONS =
            RecordingOptions.spikes().withSetUps(true).whileRunning();

    @TempDir
    Path folder;

    private final ScriptedLink chip = new ScriptedLink();
    private final ProgramLog log = new ProgramLog(OPTIONS);

    @Test
    void ticksCountFromTheFirstMarker() {
        chip.onMarker(1000, 5000);
        chip.expect(program -> true).answer(ScriptedLink.spike(7, 990), ScriptedLink.spike(9, 1200));

        RunResult result = link(0).run(program(5, 5, 5, 5, 90), RunOptions.defaults());

        assertThat(result.spikes().size()).isEqualTo(2);
        assertThat(records())
                .containsExactly(
                        "PROGRAM_START 0",
                        // a pack has three spikes, the fourth leaves a tick later
                        "TO_CHIP [5, 5, 5, 6, 90] [1, 2, 3, 4, 5]",
                        "FROM_CHIP [-10, 200] [7, 9]",
                        "PROGRAM_END 500");
    }

    @Test
    void whatIsWrittenToTheChipIsKeptFromBeforeTheLogOn() {
        PlaybackProgram setUp = PlaybackProgram.builder().write(0x1000, 5).done();
        ChipLink link = new RecordingLink(chip, 0, log, OPTIONS);
        link.run(setUp, RunOptions.forSetup());
        attach();

        PlaybackProgramBuilder patched = PlaybackProgram.builder().write(0x2000, 6);
        new StimulusProgram(new long[0], new short[0], 0, 500).append(patched);
        link.run(patched.done(), RunOptions.defaults());

        assertThat(records()).containsExactly("set-up 2 words", "set-up 2 words", "PROGRAM_START 0", "PROGRAM_END 500");
    }

    @Test
    void aProgramThatBreaksOffHasNoEndAndTheNextSaysItsOrdinal() {
        chip.failNth(2, new LinkLostException(ErrorDetail.of("link", "lost", "", "resume"), null, null, false));
        ChipLink link = link(4);

        link.run(program(5), RunOptions.defaults());
        assertThatThrownBy(() -> link.run(program(5), RunOptions.defaults())).isInstanceOf(LinkLostException.class);
        new RecordingLink(chip, 5, log, OPTIONS).run(program(5), RunOptions.defaults());

        assertThat(records())
                .containsExactly(
                        "NOTE 4 program ordinal",
                        "PROGRAM_START 0",
                        "TO_CHIP [5] [1]",
                        "PROGRAM_END 500",
                        "NOTE 5 program ordinal",
                        "PROGRAM_START 0",
                        "TO_CHIP [5] [1]",
                        "NOTE 0 program broke off",
                        "NOTE 5 program ordinal",
                        "PROGRAM_START 0",
                        "TO_CHIP [5] [1]",
                        "PROGRAM_END 500");
    }

    private ChipLink link(long ordinal) {
        attach();
        return new RecordingLink(chip, ordinal, log, OPTIONS);
    }

    private void attach() {
        LogHeader header = new LogHeader("run", "mock:", "mock", "mock", "", "", 8000, 0, "test", List.of());
        log.attach(SpikeLogWriter.create(folder.resolve("a.fslog"), header, LogSettings.defaults()));
    }

    private static PlaybackProgram program(long... ticks) {
        short[] labels = new short[ticks.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (short) (i + 1);
        }
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        new StimulusProgram(ticks, labels, ticks.length, 500).append(builder);
        return builder.done();
    }

    private List<String> records() {
        log.close();
        List<String> lines = new ArrayList<>();
        try (SpikeLog whole = SpikeLog.open(folder.resolve("a.fslog"))) {
            whole.read(false, (record, offset) -> lines.add(text(record)));
        }
        lines.removeIf(String::isEmpty);
        return lines;
    }

    private static String text(LogRecord record) {
        return switch (record.kind()) {
            case SPIKES -> {
                SpikeChunk chunk = (SpikeChunk) record;
                yield chunk.direction() + " " + Arrays.toString(chunk.ticks()) + " " + Arrays.toString(chunk.labels());
            }
            case MARK -> {
                Mark mark = (Mark) record;
                yield mark.what() + " " + (mark.what() == Mark.Kind.PROGRAM_END ? mark.tick() : mark.number())
                        + (mark.text().isEmpty() ? "" : " " + mark.text());
            }
            case SETUP -> "set-up " + ((SetupRecord) record).words().length + " words";
            case SAMPLES, HEALTH -> "";
        };
    }
}
