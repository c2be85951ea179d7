package firstspike.experiments.cli.targets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.ServerOptions;
import firstspike.emulator.EmulatorSource;
import firstspike.experiments.cli.Cli;
import firstspike.experiments.cli.common.CommonOptions;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.TargetOptions;
import firstspike.runtime.calibration.store.CalibrationStore;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people see of a server of two chips: its table, its leases, its examination. */
@Timeout(120)
class ServedCommandsTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String FIRST = "emu-nominal-7";
    private static final String SECOND = "emu-nominal-8";

    private final Cli cli = new Cli(Path.of("no-runs"));
    private final EmulatorSource chips = EmulatorSource.of("emu:nominal?seed=7&chips=2");
    private ChipServer server;
    private String address;

    @BeforeEach
    void start() throws IOException {
        server = ChipServer.start(chips, new InetSocketAddress(LOOPBACK, 0), ServerOptions.defaults());
        address = "grpc://127.0.0.1:" + server.port();
    }

    @AfterEach
    void stop() {
        server.close();
        chips.close();
    }

    @Test
    @DisplayName("U9 J42 targets lists chips with holder, queue, programs and health, as a table and as JSON")
    void tableOfChips() throws IOException {
        try (ChipTarget target =
                        (ChipTarget) Targets.installed().resolve(address + "?chip=" + FIRST, LinkOptions.defaults());
                ChipLink link = target.open(0, 0)) {
            link.run(PlaybackProgram.builder().done(), RunOptions.defaults());
            assertThat(cli.run("targets", "lease", address, "--chip", SECOND, "--for", "30m", "--user", "ada")
                            .exit())
                    .isZero();

            JsonNode json = json(cli.run("targets", address, "--json"));
            assertThat(json.fieldNames().next()).isEqualTo("schema");
            assertThat(json.path("schema").asText()).isEqualTo("firstspike.targets/1");
            assertThat(json.path("address").asText()).isEqualTo(address);
            JsonNode first = json.path("targets").path(0);
            assertThat(names(first))
                    .startsWith(
                            "id",
                            "kind",
                            "fidelity",
                            "state",
                            "holder",
                            "until",
                            "queue",
                            "calibration_id",
                            "calibration_age_s",
                            "programs_per_min",
                            "health");
            assertThat(first.path("id").asText()).isEqualTo(FIRST);
            assertThat(first.path("state").asText()).isEqualTo("free");
            assertThat(first.path("holder").isNull()).isTrue();
            assertThat(first.path("queue").asLong()).isZero();
            assertThat(first.path("programs_per_min").asLong()).isOne();
            assertThat(first.path("health").asText()).isEqualTo("serving");
            assertThat(first.path("sessions").asLong()).isOne();
            JsonNode second = json.path("targets").path(1);
            assertThat(second.path("state").asText()).isEqualTo("leased");
            assertThat(second.path("holder").asText()).isEqualTo("ada");
            assertThat(second.path("until").asText()).endsWith("Z");
            assertThat(second.path("calibration_age_s").isNull()).isTrue();

            Cli.Said table = cli.run("targets", address);
            assertThat(table.out().lines().toList())
                    .satisfiesExactly(
                            line -> assertThat(line.split(" +"))
                                    .containsExactly(
                                            "chip",
                                            "fidelity",
                                            "state",
                                            "queue",
                                            "calibration",
                                            "programs/min",
                                            "health"),
                            line -> assertThat(line).matches(FIRST + " +nominal +free +0 +not needed +1 +serving"),
                            line -> assertThat(line)
                                    .matches(SECOND
                                            + " +nominal +leased by ada until \\S+Z +0 +not needed +0 +serving"));
        }
    }

    @Test
    @DisplayName("U9 a lease of somebody else exits 8 with holder and end; its holder prolongs and releases it")
    void leases() throws IOException {
        JsonNode taken =
                json(cli.run("targets", "lease", address, "--chip", FIRST, "--for", "1min", "--user", "ada", "--json"));
        assertThat(taken.path("schema").asText()).isEqualTo("firstspike.lease/1");
        assertThat(taken.path("holder").asText()).isEqualTo("ada");

        Cli.Said refused = cli.run("targets", "lease", address, "--chip", FIRST, "--user", "bob", "--json");
        assertThat(refused.exit()).isEqualTo(8);
        assertThat(json(refused).path("code").asText()).isEqualTo("CHIP_BUSY");
        assertThat(json(refused).path("fields").path("holder").asText()).isEqualTo("ada");
        Cli.Said stolen = cli.run("targets", "release", address, "--chip", FIRST, "--user", "bob");
        assertThat(stolen.exit()).isEqualTo(8);
        assertThat(stolen.err()).contains("ada");

        JsonNode longer =
                json(cli.run("targets", "lease", address, "--chip", FIRST, "--for", "30m", "--user", "ada", "--json"));
        assertThat(longer.path("lease").asText()).isEqualTo(taken.path("lease").asText());
        assertThat(longer.path("until").asText())
                .isGreaterThan(taken.path("until").asText());

        Cli.Said released = cli.run("targets", "release", address, "--chip", FIRST, "--user", "ada");
        assertThat(released.exit()).isZero();
        assertThat(released.out()).contains(FIRST + " released by ada");
        Cli.Said again = cli.run("targets", "release", address, "--chip", FIRST, "--user", "ada", "--json");
        assertThat(again.exit()).isZero();
        assertThat(json(again).path("state").asText()).isEqualTo("free");
        assertThat(cli.run("targets", "lease", address, "--chip", FIRST, "--user", "bob")
                        .exit())
                .isZero();
    }

    @Test
    void aChipThatIsNotThereOrNotNamedIsAWrongCommandLine() {
        Cli.Said unnamed = cli.run("targets", "lease", address);
        assertThat(unnamed.exit()).isEqualTo(2);
        assertThat(unnamed.err()).contains(FIRST + ", " + SECOND);
        Cli.Said unknown = cli.run("targets", address + "?chip=W66F3");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("W66F3").contains(FIRST + ", " + SECOND);
    }

    @Test
    @DisplayName("J42 targets watch prints one JSON object a look and goes on when the server is away")
    void watch() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CommonOptions common = new CommonOptions();
        common.json = true;
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console console = new Console(new Environment(stream, stream, Map.of(), false), common);
        TargetOptions options = new TargetOptions();
        options.connectPatience = java.time.Duration.ofMillis(100);
        int[] looks = {0};
        TargetWatch.Pause pause = () -> {
            if (++looks[0] == 2) {
                server.close();
            }
            return looks[0] == 3;
        };

        new TargetWatch(
                        () -> TargetTable.of(
                                address,
                                options,
                                new CalibrationStore(Path.of("target", "no-calibrations"), Clock.systemUTC())),
                        pause,
                        console)
                .run();

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(tree(lines.get(0)).path("schema").asText()).isEqualTo("firstspike.targets/1");
        assertThat(tree(lines.get(1)).path("targets").size()).isEqualTo(2);
        assertThat(tree(lines.get(2)).path("code").asText()).isEqualTo("TARGET_UNREACHABLE");
    }

    @Test
    @DisplayName(
            "U22 doctor looks at name, connection, TLS, token, protocol, clock, lease, round trip, throughput, drops")
    void doctor() throws IOException {
        Cli.Said said = cli.run("doctor", "--target", address + "?chip=" + FIRST, "--quick", "--json");

        assertThat(said.exit()).as(said.out()).isZero();
        JsonNode checks = json(said).path("checks");
        List<String> names = StreamSupport.stream(checks.spliterator(), false)
                .map(check -> check.path("name").asText())
                .toList();
        assertThat(names)
                .containsSubsequence(
                        "name resolution",
                        "connection",
                        "tls",
                        "token",
                        "protocol",
                        "clock difference",
                        "lease",
                        "connect",
                        "chip",
                        "calibration age",
                        "round trip",
                        "throughput",
                        "drop counters");
        assertThat(checks)
                .allSatisfy(check -> assertThat(check.path("status").asText()).isIn("ok", "warn", "skipped"))
                .allSatisfy(check ->
                        assertThat(names(check)).containsExactly("name", "status", "value", "expected", "remedy"));
    }

    @Test
    @DisplayName("U22 doctor says which step to a server fails, and skips the later ones")
    void doctorOfAServerThatIsNotWhatItShouldBe() throws IOException {
        int port = server.port();
        JsonNode plain =
                json(cli.run("doctor", "--target", "grpcs://127.0.0.1:" + port, "--connect-patience", "2s", "--json"));
        assertThat(status(plain, "connection")).isEqualTo("ok");
        assertThat(status(plain, "tls")).isEqualTo("fail");
        assertThat(status(plain, "token")).isEqualTo("skipped");
        server.close();
        Cli.Said away =
                cli.run("doctor", "--target", "grpc://127.0.0.1:" + port, "--connect-patience", "200ms", "--json");
        assertThat(away.exit()).isEqualTo(1);
        assertThat(status(json(away), "connection")).isEqualTo("fail");
        assertThat(status(json(away), "tls")).isEqualTo("skipped");
        assertThat(status(json(away), "protocol")).isEqualTo("skipped");
    }

    private static String status(JsonNode said, String name) {
        return StreamSupport.stream(said.path("checks").spliterator(), false)
                .filter(check -> check.path("name").asText().equals(name))
                .map(check -> check.path("status").asText())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(JsonNode tree) {
        List<String> names = new ArrayList<>();
        tree.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode json(Cli.Said said) throws IOException {
        assertThat(said.out().strip().lines()).as(said.err()).hasSize(1);
        return tree(said.out());
    }

    private static JsonNode tree(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
