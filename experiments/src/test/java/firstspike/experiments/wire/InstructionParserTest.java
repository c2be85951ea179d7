package firstspike.experiments.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.InstructionText;
import firstspike.runtime.error.FormatException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstructionParserTest {

    private final InstructionParser parser = new InstructionParser("a.txt");

    @Test
    void readsBackWhatIsPrintedOfEveryInstruction() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 5000; i++) {
            ToFpga.Kind kind = ToFpga.Kind.values()[i % ToFpga.Kind.values().length];
            long word = (long) kind.ordinal() << 56
                    | (kind == ToFpga.Kind.JTAG_DATA
                            ? ToFpga.jtagData(random.nextBoolean(), random.nextInt(3, 34), random.nextLong(1L << 33))
                            : random.nextLong() & (1L << kind.payloadBits()) - 1);
            String line = new InstructionText().line(word);

            assertThat(parser.word(line, 1)).as(line).hasValue(word);
            assertThat(parser.word("    0.000004 TO     1 " + line, 1)).hasValue(word);
            assertThat(parser.word(line.substring(20), 1)).hasValue(word);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "# a remark", "    0.000005 FROM   2       1       1001  marker"})
    void skipsLinesWithoutAnInstruction(String line) {
        assertThat(parser.word(line, 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jump 3",
                "WaitUntil",
                "WaitUntil 4294967296",
                "WaitUntil x",
                "spikes",
                "spikes 1 2 3 4",
                "spikes 0x10000",
                "read",
                "write 0x1 bytes 16",
                "write 0x100000000",
                "JtagData 34 bits 0x0",
                "JtagData 2 bits 0x0 keep",
                "JtagData 99999999999 bits 0",
                "Loopback 1",
                "halt now",
                "value -1"
            })
    void refusesOthersWithTheirLine(String line) {
        assertThatThrownBy(() -> parser.word(line, 12))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("line 12 of a.txt")
                .hasMessageContaining(line);
    }
}
