package firstspike.driver.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.TargetUnavailableException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.Endpoint;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.NoLeaks;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.ScriptedLink;
import firstspike.driver.link.ScriptedSource;
import firstspike.driver.link.TargetUri;
import firstspike.driver.link.TestClock;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several servers behind one name. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class SpreadSourceTest {

    private static final LinkOptions OPTIONS =
            LinkOptions.defaults().withPatience(Duration.ofSeconds(5), Duration.ofSeconds(5));

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    @DisplayName(
            "targets 3: spread=true is one link to each server, by chip id and then address, however the name resolves")
    void everyServerOnce() throws Exception {
        ScriptedSource b = chips("b");
        ScriptedSource a1 = chips("a");
        ScriptedSource a2 = chips("a");
        List<InetSocketAddress> addresses = List.of(serve(b), serve(a1), serve(a2));
        boolean inOrder = addresses.get(1).getPort() < addresses.get(2).getPort();
        SpreadSource source = spread(addresses);

        assertThat(source.chips()).extracting(chip -> chip.chipId().value()).containsExactly("a", "a", "b");
        for (int i = 0; i < 3; i++) {
            ChipLink link = source.openAt(i, OPTIONS.withFirstProgramOrdinal(i));
            open.add(link);
            link.run(PlaybackProgram.builder().done(), RunOptions.defaults());
        }

        List<ScriptedSource> sorted = inOrder ? List.of(a1, a2, b) : List.of(a2, a1, b);
        for (int i = 0; i < 3; i++) {
            assertThat(sorted.get(i).options().get(0).firstProgramOrdinal()).isEqualTo(i);
            assertThat(sorted.get(i).opened().get(0).programs()).hasSize(1);
        }
    }

    @Test
    @DisplayName("targets 3: without spread the first server that answers has the whole session")
    void firstThatAnswers() throws Exception {
        ScriptedSource chips = chips("a");
        InetSocketAddress nobody = serve(chips("a"));
        open.remove(0).close();
        InetSocketAddress somebody = serve(chips);
        RemoteSource source =
                new RemoteSource(uri(), connector(List.of(nobody, somebody)), OPTIONS, TestClock.jumping(), 1 << 16);

        ChipLink link = source.openAt(0, OPTIONS);
        open.add(link);
        link.run(PlaybackProgram.builder().done(), RunOptions.defaults());

        assertThat(chips.opened().get(0).programs()).hasSize(1);
    }

    @Test
    @DisplayName(
            "targets 3: a server of the name that does not answer is an error that names its address, not a smaller farm")
    void oneIsMissing() throws Exception {
        InetSocketAddress nobody = serve(chips("a"));
        open.remove(0).close();
        SpreadSource source = spread(List.of(serve(chips("a")), nobody));

        assertThatThrownBy(source::chips)
                .isInstanceOf(TargetUnavailableException.class)
                .returns("TARGET_UNREACHABLE", error -> ((ChipException) error).code())
                .hasMessageContaining("127.0.0.1:" + nobody.getPort());
    }

    private static SpreadSource spread(List<InetSocketAddress> addresses) {
        return new SpreadSource(uri(), connector(addresses), OPTIONS, TestClock.jumping(), 1 << 16);
    }

    private static Connector connector(List<InetSocketAddress> addresses) {
        ClientAccess access = ClientAccess.of(uri(), new Endpoint("localhost", 7007));
        return new Connector("farm", () -> addresses, access, TestClock.jumping());
    }

    private static TargetUri uri() {
        return TargetUri.parse("grpc://localhost:7007?spread=true");
    }

    private InetSocketAddress serve(ChipSource source) throws IOException {
        ChipServer server = ChipServer.start(
                source, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ServerOptions.defaults());
        open.add(server);
        return new InetSocketAddress(InetAddress.getByName("127.0.0.1"), server.port());
    }

    private static ScriptedSource chips(String id) {
        return ScriptedSource.each(() -> new ScriptedLink(
                TestClock.jumping(),
                new ChipDescription(
                        ChipDescription.Kind.MOCK,
                        "mock:",
                        new ChipId(id),
                        "mock",
                        3,
                        false,
                        "scripted",
                        8000,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        1 << 22,
                        new TreeMap<>())));
    }
}
