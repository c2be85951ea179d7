package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The speeds of the message codec on this machine; the rows name the goals of the issue beside those of wire_tests.md. */
@Tag("acceptance")
class CodecSpeedIT {

    private static final double MILLION_WORDS = 15.6;
    private static final double MILLION_EVENTS = 10;

    @Test
    @DisplayName("W140 W141 W142 speed of encoder, decoder and annotation")
    void codec() {
        Program.Outcome outcome = Program.run("bench", "codec", "--json");
        JsonNode rates = outcome.succeeded().json().get("rates");
        for (JsonNode rate : rates) {
            double median = rate.get("median").asDouble();
            JsonNode events = rate.get("facts").get("million_spikes_per_second");
            Table.speed(
                    "0",
                    outcome.command(),
                    String.format(
                            Locale.ROOT,
                            "%s: %.1f M words/s%s; goal %s",
                            rate.get("subject").asText(),
                            MILLION_WORDS,
                            events == null ? "" : ", 10 M events/s",
                            rate.get("goal").asText()),
                    String.format(
                            Locale.ROOT,
                            "%.1f M words/s (%.1f to %.1f)%s",
                            median,
                            rate.get("lowest").asDouble(),
                            rate.get("highest").asDouble(),
                            events == null ? "" : ", " + events.asDouble() + " M events/s"),
                    outcome.seconds(),
                    median >= MILLION_WORDS && (events == null || events.asDouble() >= MILLION_EVENTS));
        }
    }
}
