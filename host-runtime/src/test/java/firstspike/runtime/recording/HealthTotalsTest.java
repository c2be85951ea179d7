package firstspike.runtime.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTotalsTest {

    @ParameterizedTest
    @CsvSource({
        "events.received, 10, OK",
        "events.dropped.crossbar, 1, FALSIFIED",
        "events.dropped.padi, 1, FALSIFIED",
        "events.dropped.trace, 1, FALSIFIED",
        "events.dropped.link, 1, FALSIFIED",
        "events.dropped.log, 1, FALSIFIED",
        "events.dropped.link, 0, OK",
        "events.merged, 1, FALSIFIED",
        "events.in_flight_at_halt, 1, FALSIFIED",
        "events.suspect_time, 1, FALSIFIED",
        "events.late_responses, 1, FALSIFIED",
        "events.not_recorded, 5, OK",
        "events.late, 1000, OK",
        "events.extra, 1000, OK",
        "events.late_max_ticks, 125, OK",
        "events.late_max_ticks, 126, DEGRADED",
        "events.late_max_ticks, 1250, DEGRADED",
        "events.late_max_ticks, 1251, FALSIFIED",
        "events.unmapped_label, 1, FALSIFIED",
        "link.crc_errors, 1, DEGRADED",
        "link.unexpected_notifications, 1, DEGRADED",
        "link.reconnects, 3, OK",
        "registers.writes_pending, 1, FALSIFIED",
        "registers.unmapped, 1, DEGRADED",
        "program.underrun_ticks, 1, DEGRADED",
        "program.repeats, 1, OK",
        "ppu.ignored, 1, FALSIFIED",
        "gradient.nonfinite, 1, FALSIFIED",
        "gradient.dropped, 100, OK",
        "weights.bump_saturated, 1, OK",
        "something.new, 1, OK",
    })
    void judgesEachCounterAsTheTableSays(String key, long value, Verdict verdict) {
        HealthTotals totals = new HealthTotals(List.of(), Map.of());
        totals.add(Map.of(key, value));

        assertThat(totals.judge().verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"0, OK", "1, DEGRADED", "10, DEGRADED", "11, FALSIFIED"})
    void spikesOutsideTheirWindowCountAgainstTheReceivedOnes(long outside, Verdict verdict) {
        HealthTotals totals = new HealthTotals(List.of(), Map.of());
        totals.add(Map.of("events.received", 10_000L, "events.outside_window", outside));

        assertThat(totals.judge().verdict()).isEqualTo(verdict);
    }

    @Test
    void countsAddAndLargestValuesStay() {
        HealthTotals totals = new HealthTotals(List.of(), Map.of());
        totals.add(Map.of("events.late", 2L, "events.late_max_ticks", 7L, "weights.clipped", 0.5));
        totals.add(Map.of("events.late", 3L, "events.late_max_ticks", 5L, "weights.clipped", 0.25));

        assertThat(totals.counters())
                .containsEntry("events.late", 5L)
                .containsEntry("events.late_max_ticks", 7L)
                .containsEntry("weights.clipped", 0.25);
    }

    @Test
    void anAllowedKeyOnlyDegrades() {
        HealthTotals totals = new HealthTotals(List.of("events.dropped.link"), Map.of());
        totals.add(Map.of("events.dropped.link", 4L));

        assertThat(totals.judge().line()).isEqualTo("health: DEGRADED (events.dropped.link=4)");
    }

    @Test
    void aLimitOfTheUserReplacesTheUsualOne() {
        HealthTotals totals = new HealthTotals(List.of(), Map.of("events.merged", 10.0, "events.extra", 5.0));
        totals.add(Map.of("events.merged", 10L, "events.extra", 5L));
        assertThat(totals.judge().verdict()).isEqualTo(Verdict.OK);

        totals.add(Map.of("events.extra", 1L));
        assertThat(totals.judge().verdict()).isEqualTo(Verdict.FALSIFIED);
    }

    @Test
    void aHealthyResultSaysSo() {
        assertThat(new HealthTotals(List.of(), Map.of()).judge().line()).isEqualTo("health: ok");
    }

    @Test
    @DisplayName("a million late events under health ok say why that is fine; what the verdict minds is no remark")
    void saysWhyLateEventsAreFine() {
        HealthTotals totals = new HealthTotals(Set.of(), Map.of());
        totals.add(Map.of("events.late", 1_000_000L, "events.late_max_ticks", 1L, "events.received", 5L));

        assertThat(totals.judge().line()).isEqualTo("health: ok");
        assertThat(totals.remarks()).containsOnlyKeys("events.late");
        assertThat(totals.remarkLines())
                .containsExactly("events.late=1000000 is no fault: released after their tick, as several inputs of one"
                        + " instant must be: the latest by 1 ticks, 125 are allowed");

        HealthTotals judged = new HealthTotals(Set.of(), Map.of("events.late", 10.0));
        judged.add(Map.of("events.late", 11L));
        assertThat(judged.remarks()).isEmpty();
    }

    @Test
    @DisplayName("every counter that a rule judges is one that exists, and a mistyped one is not")
    void catalogue() {
        for (HealthRule rule : HealthRule.ALL) {
            assertThat(HealthCatalogue.has(rule.key().endsWith(".") ? rule.key() + "log" : rule.key()))
                    .isTrue();
        }
        assertThat(HealthCatalogue.has("spikes.missing.hidden")).isTrue();
        assertThat(HealthCatalogue.has("spikes.missing.")).isFalse();
        assertThat(HealthCatalogue.has("events.dropped")).isFalse();
        assertThat(HealthCatalogue.has("events.Late")).isFalse();
    }
}
