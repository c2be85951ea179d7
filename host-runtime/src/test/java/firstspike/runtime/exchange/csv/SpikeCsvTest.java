package firstspike.runtime.exchange.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.runtime.error.FormatException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpikeCsvTest {

    @Test
    @DisplayName("J31 a table of spikes is the same bytes after export, import and export, times on the 8 ns grid")
    void roundTrip() {
        SplittableRandom random = new SplittableRandom(4);
        SpikeTable table = new SpikeTable();
        for (int i = 0; i < 3000; i++) {
            boolean known = random.nextBoolean();
            table.add(
                    random.nextInt(3),
                    random.nextLong(-100, 1L << 40),
                    random.nextBoolean(),
                    random.nextInt(0x10000),
                    known ? "layer, \"" + random.nextInt(3) + "\"" : "",
                    known ? random.nextInt(512) : SpikeTable.NONE);
        }
        Locale before = Locale.getDefault();
        String first;
        try {
            Locale.setDefault(new Locale("ar", "EG"));
            first = text(table);
        } finally {
            Locale.setDefault(before);
        }

        assertThat(text(read(first))).isEqualTo(first);
        assertThat(first.lines().filter(line -> line.charAt(0) != '#').skip(1)).allMatch(line -> {
            String[] cells = line.split(",");
            long ns = Long.parseLong(cells[2].replace(".", ""));
            return cells[2].matches("-?[0-9]+\\.[0-9]{3}") && ns == 8 * Long.parseLong(cells[1]);
        });
    }

    @Test
    void rowsAreOrderedByProgramTickAndDirection() {
        SpikeTable table = new SpikeTable();
        table.add(1, 0, true, 1, "", SpikeTable.NONE);
        table.add(0, 7, false, 2, "", SpikeTable.NONE);
        table.add(0, 7, true, 3, "", SpikeTable.NONE);
        table.add(0, -1, false, 4, "", SpikeTable.NONE);

        assertThat(table.order()).containsExactly(3, 2, 1, 0);
        assertThat(text(table)).contains("\n0,-1,-0.008,from_chip,4,,\n").startsWith("# run x\n# tick_ps 8000\n");
    }

    @Test
    void readsWhatOthersWrite() {
        SpikeTable table = read("\uFEFF# by hand\r\ntime_us,label\r\n0.008,5\r\n1,6\r\n");

        assertThat(table.size()).isEqualTo(2);
        assertThat(table.tick(0)).isEqualTo(1);
        assertThat(table.tick(1)).isEqualTo(125);
        assertThat(table.toChip(0)).isTrue();
        assertThat(table.label(1)).isEqualTo(6);
        assertThat(table.neuron(1)).isEqualTo(SpikeTable.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tick,label:1,70000             | label '70000'",
                "tick,label:x,1                 | tick 'x'",
                "tick,label:1                   | 1 cells",
                "tick,tick:1,1                  | column 'tick'",
                "tick,colour:1,red              | column 'colour'",
                "label:1                        | neither tick nor time_us",
                "time_us:0.001                  | time_us 0.001",
                "time_us:1e3                    | time_us '1e3'",
                "tick,time_us:1,1.000           | tick 1 and time_us 1.000",
                "tick,direction:1,sideways      | direction 'sideways'",
                "tick:99999999999999999999      | tick '9999",
                "tick:\"1                       | quotes that never end"
            })
    void refusesWithLineAndValue(String text, String said) {
        FormatException error = catchThrowableOfType(
                FormatException.class, () -> read(text.strip().replace(':', '\n') + "\n"));

        assertThat(error.getMessage()).contains("t.csv:").contains(said);
    }

    @Test
    void anotherTickLengthIsRefused() {
        FormatException error = catchThrowableOfType(FormatException.class, () -> read("# tick_ps 4000\ntick\n1\n"));

        assertThat(error.getMessage()).contains("tick_ps 4000");
    }

    @Test
    void linesAndColumnsAreBounded() {
        String columns = "a,".repeat(CsvLines.MAX_COLUMNS) + "a\n";
        String line = "x".repeat(CsvLines.MAX_LINE + 1);
        for (String text : new String[] {columns, line, line + "\n", "# c\n".repeat(2000)}) {
            FormatException error = catchThrowableOfType(FormatException.class, () -> read(text));
            assertThat(error.code()).isEqualTo(FormatException.Code.CSV_LIMIT);
        }
    }

    @Test
    void noTextIsAFormulaToASpreadsheet() {
        for (String text : new String[] {"=1+1", "+x", "-x", "@sum", "-", "=\"a\""}) {
            StringBuilder cell = new StringBuilder();
            CsvRow.append(cell, text);
            assertThat(cell.toString().replace("\"", "")).startsWith("'");
        }
        for (String number : new String[] {"-1", "+2.5", "-1.0E-8", "-inf", "plain"}) {
            StringBuilder cell = new StringBuilder();
            CsvRow.append(cell, number);
            assertThat(cell).hasToString(number);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void damageIsRefusedOrRead(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] whole =
                "# tick_ps 8000\nprogram,tick,time_us,direction,label,population,neuron\n0,1,0.008,to_chip,1,a,2\n"
                        .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 2000; i++) {
            byte[] bad = whole.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            try (CsvLines lines = CsvLines.of("t.csv", new ByteArrayInputStream(bad))) {
                SpikeCsv.read(lines);
            } catch (FormatException e) {
                assertThat(e.getMessage()).contains("t.csv:");
            }
        }
    }

    private static String text(SpikeTable table) {
        StringBuilder text = new StringBuilder();
        SpikeCsv.write(List.of("run x"), table, text);
        return text.toString();
    }

    private static SpikeTable read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (CsvLines lines = CsvLines.of("t.csv", new ByteArrayInputStream(bytes))) {
            return SpikeCsv.read(lines);
        }
    }
}
