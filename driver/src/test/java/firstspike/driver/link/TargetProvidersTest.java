package firstspike.driver.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.error.UnknownTargetException;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetProvidersTest {

    @Test
    @DisplayName("grpc, grpcs and fpga are found as services")
    void services() {
        assertThat(ServiceLoader.load(LinkProvider.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .flatMap(provider -> provider.schemes().stream())
                        .collect(Collectors.toSet()))
                .contains("grpc", "grpcs", "fpga");
    }

    @ParameterizedTest(name = "accepted: {0}")
    @ValueSource(
            strings = {
                "grpc://127.0.0.1:7007",
                "grpc://localhost:1",
                "grpc://LOCALHOST:65535",
                "grpc://[::1]:7007?chip=emu-nominal-0&shared=a%20b&ppu=refuse&insecure=false&spread=false",
                "grpc://lab.example.org:7007?insecure=true",
                "grpc://127.1.2.3:7007?ppu=ignore",
                "fpga://192.168.1.2",
                "fpga://192.168.1.2:1234?reset_port=45054&congestion=off&allow_unknown=true"
            })
    void accepted(String uri) {
        assertThatCode(() -> open(uri).close()).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "refused: {0} because of {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "grpc://127.0.0.1 | no port",
                "grpc://127.0.0.1:0 | 1 to 65535",
                "grpc://127.0.0.1:65536 | 1 to 65535",
                "grpc://127.0.0.1:70x | 1 to 65535",
                "grpc://:7007 | no host",
                "grpc://::1:7007 | brackets",
                "grpc://user@127.0.0.1:7007 | no host",
                "grpc://127.0.0.1:7007/path | 1 to 65535",
                "grpc://127.0.0.1:7007?chop=1 | known: ",
                "grpc://127.0.0.1:7007?ppu=perhaps | known: run, refuse, ignore",
                "grpc://127.0.0.1:7007?insecure=yes | known: true, false",
                "grpc://127.0.0.1:7007?spread=1 | known: true, false",
                "grpc://127.0.0.1:7007?chip= | no value",
                "grpc://127.0.0.1:7007?ca_file=x | grpcs",
                "grpcs://lab:7007?insecure=true | grpc",
                "grpc://lab:7007 | grpcs://",
                "grpc://192.168.1.2:7007 | insecure=true",
                "grpc://192.168.1.2:7007?insecure=true&token_file=t | plain text beyond loopback",
                "grpcs://lab:7007?cert_file=c.pem | name both",
                "grpc://127.0.0.1.example.org:7007 | insecure=true",
                "fpga://192.168.1.2:x | 1 to 65535",
                "fpga://192.168.1.2?reset_port=0 | 1 to 65535",
                "fpga://192.168.1.2?congestion=maybe | on, off",
                "fpga://192.168.1.2?allow_unknown=no | true, false",
                "fpga://192.168.1.2?chip=a | known: "
            })
    void malformed(String uri, String why) {
        assertThatThrownBy(() -> open(uri))
                .isInstanceOf(UnknownTargetException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest(name = "nothing is connected before it is asked for: {0}")
    @ValueSource(strings = {"grpcs://lab:7007", "grpc://127.0.0.1:7007?spread=true", "grpcs://lab:7007?spread=true"})
    void opensNothing(String uri) {
        assertThat(open(uri)).isNotNull();
    }

    private static ChipSource open(String text) {
        TargetUri uri = TargetUri.parse(text);
        return ServiceLoader.load(LinkProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.schemes().contains(uri.scheme()))
                .findFirst()
                .orElseThrow()
                .source(uri, LinkOptions.defaults());
    }
}
