package firstspike.experiments.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.experiments.cli.common.UsageException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FpgaPortsTest {

    @Test
    void bothPortsAreRead() {
        FpgaPorts ports = FpgaPorts.parse("udp://127.0.0.1:1234?reset_port=9", false);

        assertThat(ports.data().getPort()).isEqualTo(1234);
        assertThat(ports.data().getAddress().isLoopbackAddress()).isTrue();
        assertThat(ports.resetPort()).hasValue(9);
    }

    @Test
    void theResetPortFollowsTheRuleWhenNobodyNamesIt() {
        assertThat(FpgaPorts.parse("udp://127.0.0.1:0", false).resetPort()).isEqualTo(OptionalInt.empty());
        assertThat(FpgaPorts.parse("udp://127.0.0.1:65535?reset_port=0", false).resetPort())
                .hasValue(0);
    }

    @Test
    void otherAddressesThanLoopbackNeedAWord() {
        assertThatThrownBy(() -> FpgaPorts.parse("udp://0.0.0.0:0", false))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--insecure");
        assertThat(FpgaPorts.parse("udp://0.0.0.0:0", true).data().getAddress().isAnyLocalAddress())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:0,                          udp://",
        "tcp://127.0.0.1:0,                    udp://",
        "udp://127.0.0.1,                      0 to 65535",
        "udp://127.0.0.1:70000,                0 to 65535",
        "udp://127.0.0.1:65535,                below 65535",
        "udp://127.0.0.1:1?reset=2,            reset_port",
        "udp://127.0.0.1:1?reset_port=70000,   reset_port",
        "udp://127.0.0.1:1?reset_port=2&x=3,   reset_port"
    })
    void refusalsNameTheLimit(String text, String limit) {
        assertThatThrownBy(() -> FpgaPorts.parse(text, false))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(text)
                .hasMessageContaining(limit);
    }
}
