package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.driver.remote.CuttingProxy;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.ServerOptions;
import firstspike.emulator.EmulatorSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Training over links that break leaves what training without a link leaves. */
@Timeout(120)
class BrokenLinkTrainingTest {

    private static final String CHIP = "varied?seed=3&mismatch=residual";
    private static final List<String> SETTINGS = List.of(
            "network.layers.0.size=6",
            "training.epochs=2",
            "training.batch_size=20",
            "training.snapshots_epochs={every: 1}",
            "dataset.train_size=200",
            "dataset.validation_size=20",
            "dataset.test_size=20",
            "report.figures=[]");

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    @DisplayName("J11 a proxy that cuts the connection again and again changes no array, and each program ran once")
    void cutConnections() throws Exception {
        ChipServer server = serve();
        SplittableRandom random = new SplittableRandom(11);
        CuttingProxy proxy = new CuttingProxy(server.port(), () -> 400_000 + random.nextInt(200_000));
        open.add(proxy);

        Cli.Said said = train("cut", "grpc://127.0.0.1:" + proxy.port());

        assertSameArrays("cut");
        assertThat(counter(said, "link.reconnects")).isPositive();
        assertThat(counter(said, "program.repeats")).isZero();
        assertThat(proxy.cuts()).isPositive();
        assertThat(said.err()).contains("link lost (grpc://127.0.0.1:" + proxy.port() + "): retry 1 in ");
        assertThat(said.err()).containsPattern("link back after [0-9]+\\.[0-9] s");
        assertThat(server.totals().sessions()).isEqualTo(1);
    }

    @Test
    @DisplayName("J12 U6 another server in the place of the first one: weights are written again, one program repeated")
    void replacedServer() throws Exception {
        ChipServer first = serve();
        ChipServer second = serve();
        AtomicReference<CuttingProxy> self = new AtomicReference<>();
        CuttingProxy proxy = new CuttingProxy(first.port(), () -> {
            if (first.totals().programsDone() < 3) {
                return 150_000;
            }
            self.get().retarget(second.port());
            return Long.MAX_VALUE;
        });
        self.set(proxy);
        open.add(proxy);

        Cli.Said said = train("moved", "grpc://127.0.0.1:" + proxy.port());

        assertSameArrays("moved");
        assertThat(counter(said, "link.reconnects")).isPositive();
        assertThat(counter(said, "program.repeats")).isEqualTo(1);
        assertThat(said.err()).containsPattern("link back after [0-9]+\\.[0-9] s, 1 program repeated");
        assertThat(second.totals().programsDone()).isPositive();
    }

    @Test
    @DisplayName("J13 a server that never answers: exit 4 within the connect patience, with address and attempts")
    void unreachable() throws Exception {
        ChipServer gone = serve();
        gone.close();

        Cli.Said said = new Cli(folder.resolve("none"))
                .run(
                        "train",
                        "yin-yang-software",
                        "--target",
                        "grpc://127.0.0.1:" + gone.port(),
                        "--connect-patience",
                        "300ms");

        assertThat(said.exit()).isEqualTo(4);
        assertThat(said.err()).contains("127.0.0.1:" + gone.port()).contains("attempts");
    }

    @Test
    @DisplayName("targets 3: a farm of two servers gives what one target of two chips gives, whichever is asked first")
    void farm() throws Exception {
        ChipServer one = serve("nominal?seed=1");
        ChipServer other = serve("nominal?seed=2");

        Cli.Said said = train("farm", "grpc://127.0.0.1:" + one.port(), "grpc://127.0.0.1:" + other.port());

        train("chips", "emu:nominal?seed=1&chips=2");
        assertThat(arrays("farm")).isNotEmpty().isEqualTo(arrays("chips"));
        assertThat(new ObjectMapper().readTree(said.out()).get("target").asText())
                .isEqualTo("grpc://127.0.0.1:" + one.port() + " grpc://127.0.0.1:" + other.port());
        assertThat(one.totals().programsDone()).isEqualTo(other.totals().programsDone());
    }

    private ChipServer serve() throws IOException {
        return serve(CHIP);
    }

    private ChipServer serve(String chip) throws IOException {
        ChipServer server = ChipServer.start(
                EmulatorSource.of("emu:" + chip),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ServerOptions.defaults());
        open.add(server);
        return server;
    }

    private Cli.Said train(String name, String... targets) {
        List<String> args = new ArrayList<>(List.of("train", "yin-yang-software", "--threads", "1", "--json"));
        for (String target : targets) {
            args.addAll(List.of("--target", target));
        }
        SETTINGS.forEach(setting -> args.addAll(List.of("--set", setting)));
        Cli.Said said = new Cli(folder.resolve(name)).run(args.toArray(String[]::new));
        assertThat(said.exit()).as(said.err()).isZero();
        return said;
    }

    private void assertSameArrays(String name) throws IOException {
        train("local", "emu:" + CHIP);
        assertThat(arrays(name)).isNotEmpty().isEqualTo(arrays("local"));
    }

    /** Checksums of the arrays of the last checkpoint. */
    private Map<String, Long> arrays(String name) throws IOException {
        Path run;
        try (var found = Files.list(folder.resolve(name))) {
            run = found.filter(path -> Files.isDirectory(path.resolve("checkpoints")))
                    .findFirst()
                    .orElseThrow();
        }
        Map<String, Long> sums = new TreeMap<>();
        try (ZipFile zip =
                new ZipFile(run.resolve("checkpoints/epoch-00002.npz").toFile())) {
            zip.stream()
                    .filter(entry -> entry.getName().endsWith(".npy"))
                    .forEach(entry -> sums.put(entry.getName(), entry.getCrc()));
        }
        return sums;
    }

    private static long counter(Cli.Said said, String key) throws IOException {
        JsonNode counters =
                new ObjectMapper().readTree(said.out()).get("health").get("counters");
        return counters.path(key).asLong();
    }
}
