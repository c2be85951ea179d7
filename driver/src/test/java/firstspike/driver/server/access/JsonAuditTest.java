package firstspike.driver.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.driver.link.TestClock;
import firstspike.driver.server.access.AuditEvent.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines of the audit. */
class JsonAuditTest {

    private final TestClock clock = TestClock.stopped();
    private final List<String> lines = new ArrayList<>();
    private final JsonAudit audit = new JsonAudit(clock, lines::add);

    @Test
    void oneObjectALineWithAllKeysInOrder() throws JsonProcessingException {
        clock.advance(Duration.ofMillis(1500));
        audit.record(new AuditEvent(
                Kind.LEASE_TAKEN,
                new Caller("ada \"x\"\n", true, Role.OPERATOR, "10.0.0.1:5"),
                "W66F3",
                "s-1",
                "60 s"));
        audit.record(new AuditEvent(Kind.RELOADED, Caller.unproved(""), "", "", ""));

        JsonNode first = new ObjectMapper().readTree(lines.get(0));
        assertThat(first.fieldNames())
                .toIterable()
                .containsExactly("time", "event", "user", "role", "peer", "chip", "session", "reason");
        assertThat(first.get("time").asText()).isEqualTo("2027-01-01T00:00:01.500Z");
        assertThat(first.get("event").asText()).isEqualTo("lease-taken");
        assertThat(first.get("user").asText()).isEqualTo("ada \"x\"\n");
        assertThat(first.get("role").asText()).isEqualTo("operator");
        assertThat(lines.get(0)).doesNotContain("\n");
        JsonNode second = new ObjectMapper().readTree(lines.get(1));
        assertThat(second.get("user").isNull()).isTrue();
        assertThat(second.get("role").isNull()).isTrue();
    }

    @Test
    void refusalsBeyondSoManyASecondAreCounted() {
        AuditEvent refusal = new AuditEvent(Kind.REFUSED, Caller.unproved("10.0.0.1:5"), "", "", "token");
        for (int i = 0; i < 1000; i++) {
            audit.record(refusal);
        }
        audit.record(new AuditEvent(Kind.SESSION_OPENED, Caller.unproved("10.0.0.2:5"), "", "s", ""));
        assertThat(lines).hasSize(51).last().asString().contains("session-opened");

        clock.advance(Duration.ofSeconds(1));
        audit.record(refusal);

        assertThat(lines).hasSize(53);
        assertThat(lines.get(51)).contains("\"refused\"", "950 more");

        audit.sumUp();
        assertThat(lines).hasSize(53);
    }

    @Test
    void textsAreBounded() {
        audit.record(new AuditEvent(Kind.REFUSED, Caller.unproved("p"), "", "", "x".repeat(100_000)));

        assertThat(lines.get(0)).hasSizeLessThan(1000);
    }
}
