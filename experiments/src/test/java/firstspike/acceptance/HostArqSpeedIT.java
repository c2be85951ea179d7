package firstspike.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The speeds of HostARQ on this machine; the rows name the goals of the issue beside those of wire_tests.md. */
@Tag("acceptance")
class HostArqSpeedIT {

    private static final double PAIR_MEGABYTES = 30;
    /** Payload that 1 Gbit/s carries in full frames, MB/s (wire.md 20). */
    private static final double LINE_MEGABYTES = 118.6;

    private static final double MEDIAN_MILLIS = 2;
    private static final double RARE_MILLIS = 10;

    @Test
    @DisplayName(
            "W143 W146 payload of a pair: at least 30 MB/s each way, and on a line of 1 Gbit/s no more than it carries")
    void payload() {
        Program.Outcome outcome = Program.run("bench", "hostarq", "--json");
        int goals = 0;
        int lines = 0;
        for (JsonNode rate : outcome.succeeded().json().get("rates")) {
            boolean bounded = rate.get("subject").asText().endsWith("congestion=off");
            goals += bounded ? 1 : 0;
            if (rate.get("subject").asText().contains("1 Gbit/s")) {
                lines++;
                assertThat(rate.get("highest").asDouble()).isLessThanOrEqualTo(LINE_MEGABYTES);
            }
            Table.speed(
                    "0",
                    outcome.command(),
                    rate.get("subject").asText() + (bounded ? ": at least 30 MB/s" : "") + "; goal "
                            + rate.get("goal").asText(),
                    String.format(
                            Locale.ROOT,
                            "%.1f MB/s (%.1f to %.1f) %s",
                            rate.get("median").asDouble(),
                            rate.get("lowest").asDouble(),
                            rate.get("highest").asDouble(),
                            rate.get("facts")),
                    outcome.seconds(),
                    !bounded || rate.get("median").asDouble() >= PAIR_MEGABYTES);
        }
        assertThat(goals).as("rates with congestion control off").isEqualTo(2);
        assertThat(lines).as("rates on a line of a named speed").isEqualTo(1);
    }

    @Test
    @DisplayName("W144 empty program over UDP: median at most 2 ms, 99 % within 10 ms")
    void emptyProgram() {
        Program.Outcome outcome = Program.run("bench", "fpga", "--quick", "--json");
        JsonNode rate = outcome.succeeded().json().get("rates").get(0);
        double rare = rate.get("facts").get("99_percent_ms").asDouble();
        assertThat(rate.get("unit").asText()).isEqualTo("ms");
        Table.speed(
                "0",
                outcome.command(),
                rate.get("subject").asText() + ": median 2 ms, 99 % 10 ms; goal "
                        + rate.get("goal").asText(),
                String.format(
                        Locale.ROOT,
                        "median %.3f ms, 99 %% %.3f ms",
                        rate.get("median").asDouble(),
                        rare),
                outcome.seconds(),
                rate.get("median").asDouble() <= MEDIAN_MILLIS && rare <= RARE_MILLIS);
    }
}
