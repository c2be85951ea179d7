package firstspike.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Speed of the service on this machine: what {@code bench serve} measures beside its goals. */
@Tag("acceptance")
class ServeSpeedIT {

    private static final double ROUND_TRIP_US = 300;
    private static final double TLS_US = 50;
    private static final double FETCH = 800;
    private static final double TLS_FETCH = 480;
    private static final double SHARE = 90;
    private static final double HEAP_MIB = 512;

    @Test
    @DisplayName(
            "Round trip, TLS, a stored result fetched again, two users at once, 1,000 sessions in a heap of 512 MiB")
    void service() {
        Program.Outcome outcome = Program.run("bench", "serve", "--json");
        JsonNode rates = outcome.succeeded().json().get("rates");
        assertThat(rates).hasSize(6);
        JsonNode tls = rates.get(1);
        row(outcome, rates.get(0), median(rates.get(0)) <= ROUND_TRIP_US);
        row(outcome, tls, tls.at("/facts/more_than_plain_us").asDouble() <= TLS_US);
        row(outcome, rates.get(2), median(rates.get(2)) >= FETCH);
        row(outcome, rates.get(3), median(rates.get(3)) >= TLS_FETCH);
        row(outcome, rates.get(4), median(rates.get(4)) >= SHARE);
        row(outcome, rates.get(5), median(rates.get(5)) <= HEAP_MIB);
        assertThat(rates.get(5).get("facts").has("failed"))
                .as(rates.get(5).toString())
                .isFalse();
    }

    private static double median(JsonNode rate) {
        return rate.get("median").asDouble();
    }

    private static void row(Program.Outcome outcome, JsonNode rate, boolean holds) {
        Table.speed(
                "0",
                outcome.command(),
                rate.get("subject").asText() + ": goal " + rate.get("goal").asText(),
                String.format(
                        Locale.ROOT,
                        "%.1f %s (%.1f to %.1f) %s",
                        median(rate),
                        rate.get("unit").asText(),
                        rate.get("lowest").asDouble(),
                        rate.get("highest").asDouble(),
                        rate.get("facts")),
                outcome.seconds(),
                holds);
    }
}
