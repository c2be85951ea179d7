package firstspike.experiments.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.hostarq.HostArqCounters;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ServerLinesTest {

    @Test
    @DisplayName("A session whose every frame was sent again has no round trip to show")
    void roundTripNeedsAFrameSentOnce() {
        assertThat(ServerLines.text(counters(0)))
                .contains("10 sent, 10 of them again", "round trip not measured, RTO 4000 us");
        assertThat(ServerLines.text(counters(87))).contains("round trip 87 us, RTO 4000 us");
    }

    private static HostArqCounters counters(long roundTripUs) {
        return new HostArqCounters(
                10,
                10,
                7,
                7,
                100,
                70,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                7,
                7,
                0,
                0,
                4000,
                roundTripUs,
                roundTripUs);
    }
}
