package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireCommandTest {

    @TempDir
    private Path folder;

    private static PlaybackProgram program() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder().timerReset();
        builder.marker();
        for (int i = 0; i < 500; i++) {
            builder.waitUntil(10L * i).spike(i);
        }
        return builder.settle(1000).done();
    }

    private Cli.Said run(String... args) {
        return new Cli(folder.resolve("runs")).run(args);
    }

    @Test
    void textToWordsAndBackAgain() throws IOException {
        PlaybackProgram program = program();
        Path text = Files.writeString(folder.resolve("p.txt"), program.toText());
        Path words = folder.resolve("p.words");
        Path capture = folder.resolve("p.pcap");

        assertThat(run("wire", "encode", text.toString(), "--out", words.toString())
                        .exit())
                .isZero();
        assertThat(run("wire", "encode", text.toString(), "--out", capture.toString())
                        .exit())
                .isZero();
        Cli.Said listed = run("wire", "decode", words.toString());
        Cli.Said captured = run("wire", "decode", capture.toString(), "--direction", "to");

        ByteBuffer expected = ByteBuffer.allocate(8 * program.size());
        program.copyWords(0, program.size(), expected);
        assertThat(Files.readAllBytes(words)).isEqualTo(expected.array());
        assertThat(listed.out()).isEqualTo(program.toText());
        List<String> lines = captured.out()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(22))
                .toList();
        assertThat(lines).containsExactlyElementsOf(program.toText().lines().toList());
        Path again = Files.writeString(folder.resolve("again.txt"), captured.out());
        Path second = folder.resolve("second.words");
        assertThat(run("wire", "encode", again.toString(), "--out", second.toString())
                        .exit())
                .isZero();
        assertThat(second).hasSameBinaryContentAs(words);
    }

    @Test
    void jsonIsOneObjectALineWithItsSchemaFirst() throws IOException {
        Path words = Files.write(
                folder.resolve("a.words"),
                ByteBuffer.allocate(16)
                        .putLong(0x0500000000000bb8L)
                        .putLong(0x0200000000000001L)
                        .array());

        Cli.Said said = run("wire", "decode", words.toString(), "--direction", "from", "--json");

        assertThat(said.exit()).isZero();
        List<String> lines = said.out().lines().toList();
        assertThat(lines).hasSize(3);
        for (String line : lines) {
            JsonNode tree = JsonMapper.builder().build().readTree(line);
            assertThat(tree.fieldNames().next()).isEqualTo("schema");
            assertThat(tree.path("schema").asText()).isEqualTo("firstspike.wire/1");
        }
        JsonNode marker = JsonMapper.builder().build().readTree(lines.get(1));
        assertThat(marker.path("name").asText()).isEqualTo("LoopbackResponse");
        assertThat(marker.path("tick").asLong()).isEqualTo(3001);
    }

    @Test
    void damagedInputExitsSixAndShowsWhatCameBefore() throws IOException {
        Path cut = Files.write(folder.resolve("cut.words"), new byte[] {4, 0, 0, 0, 0, 0, 0, 0, 1});
        Path wrong = Files.write(folder.resolve("wrong.words"), new byte[] {0x55, 0, 0, 0, 0, 0, 0, 0});
        Path text = Files.writeString(folder.resolve("bad.txt"), "TimerSetup\njump 3\n");
        Path out = folder.resolve("out.words");

        Cli.Said said = run("wire", "decode", cut.toString());
        assertThat(said.exit()).isEqualTo(6);
        assertThat(said.out()).contains("TimerSetup");
        assertThat(said.err()).contains("1 bytes");
        assertThat(run("wire", "decode", wrong.toString()).exit()).isEqualTo(6);
        assertThat(run("wire", "decode", folder.resolve("none").toString()).exit())
                .isEqualTo(6);
        Cli.Said refused = run("wire", "encode", text.toString(), "--out", out.toString());
        assertThat(refused.exit()).isEqualTo(6);
        assertThat(refused.err()).contains("line 2").contains("jump 3");
        assertThat(out).doesNotExist();
        assertThat(folder.resolve("out.words.part")).doesNotExist();
    }

    @Test
    void anExistingFileNeedsForce() throws IOException {
        Path text = Files.writeString(folder.resolve("p.txt"), "marker\n");
        Path out = Files.writeString(folder.resolve("out.words"), "precious");

        assertThat(run("wire", "encode", text.toString(), "--out", out.toString())
                        .exit())
                .isEqualTo(6);
        assertThat(out).hasContent("precious");
        assertThat(run("wire", "encode", text.toString(), "--out", out.toString(), "--force")
                        .exit())
                .isZero();
        assertThat(Files.size(out)).isEqualTo(8);
    }
}
