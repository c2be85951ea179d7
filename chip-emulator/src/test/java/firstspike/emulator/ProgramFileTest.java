package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.playback.PlaybackProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Committed words in, committed spikes out. The file {@code two-neurons.words} holds initialisation, configuration and
 * stimulus of {@link TwoNeurons} as big-endian words; {@code two-neurons.csv} the spikes that a nominal chip answers.
 */
class ProgramFileTest {

    private static final String WORDS = "/programs/two-neurons.words";
    private static final String SPIKES = "/programs/two-neurons.csv";
    private static final String HEADER = "label,chip_time,fpga_time";

    @Test
    @DisplayName("T267 only words go in")
    void onlyWordsGoIn() throws IOException {
        assertThatExceptionOfType(ClassNotFoundException.class)
                .as("host-runtime is not on the class path")
                .isThrownBy(() -> Class.forName("firstspike.runtime.execution.NetworkExecutor"));
        try (EmulatedChip chip = EmulatedChip.open("emu:nominal?seed=0")) {
            RunResult result = chip.run(PlaybackProgram.ofWords(words()), RunOptions.defaults());
            assertThat(result.health().lossFree()).isTrue();
            assertThat(lines(result.spikes())).isEqualTo(expected());
        }
    }

    @Test
    @DisplayName("The committed words are what their generator makes")
    void wordsAreWhatTheirGeneratorMakes() throws IOException {
        assertThat(words()).isEqualTo(generate());
    }

    /** Writes both files anew into the folder of the first argument. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        long[] words = generate();
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * words.length);
        for (long word : words) {
            bytes.putLong(word);
        }
        Files.write(folder.resolve("two-neurons.words"), bytes.array());
        try (EmulatedChip chip = EmulatedChip.open("emu:nominal?seed=0")) {
            RunResult result = chip.run(PlaybackProgram.ofWords(words), RunOptions.defaults());
            Files.writeString(folder.resolve("two-neurons.csv"), String.join("\n", lines(result.spikes())) + "\n");
        }
    }

    private static long[] generate() {
        PlaybackProgram[] parts = {
            Bench.initialisation(firstspike.driver.initialisation.InitialisationOptions.standard()),
            TwoNeurons.configuration(),
            TwoNeurons.stimulus(10)
        };
        int length = 0;
        for (PlaybackProgram part : parts) {
            length += part.size();
        }
        long[] words = new long[length];
        int at = 0;
        for (PlaybackProgram part : parts) {
            System.arraycopy(part.words(), 0, words, at, part.size());
            at += part.size();
        }
        return words;
    }

    private static List<String> lines(SpikeColumns spikes) {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (int i = 0; i < spikes.size(); i++) {
            lines.add(String.format("0x%04x,%d,%d", spikes.label(i), spikes.chipTime(i), spikes.fpgaTime(i)));
        }
        return lines;
    }

    private static long[] words() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(resource(WORDS));
        long[] words = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(words);
        return words;
    }

    private static List<String> expected() throws IOException {
        return new String(resource(SPIKES), StandardCharsets.UTF_8).lines().toList();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = Objects.requireNonNull(ProgramFileTest.class.getResourceAsStream(name), name)) {
            return stream.readAllBytes();
        }
    }
}
