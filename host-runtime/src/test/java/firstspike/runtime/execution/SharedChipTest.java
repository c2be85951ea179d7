package firstspike.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.link.ChipSource;
import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.ServerOptions;
import firstspike.emulator.EmulatorSource;
import firstspike.runtime.mapping.Mapper;
import firstspike.runtime.mapping.Networks;
import firstspike.runtime.network.Network;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Networks that take turns on one emulated chip behind a server (playback.md 10.4, 14.2). */
@Timeout(120)
class SharedChipTest {

    private static final String CHIP = "emu:varied?seed=3&mismatch=residual";
    private static final Network NETWORK = Networks.plain(1, 4);
    private static final int BATCHES = 4;

    /** What a batch of one of them gave. */
    private static FirstSpikes batch(ChipExecutor chip, int user, int number) {
        // other weights in each batch, and some that stay
        double[] weights = {1.8, 1.9, 1.5 + 0.1 * user + 0.03 * number, -0.2 - 0.2 * number};
        chip.load(new LayerWeights(new double[][] {weights}));
        double[] events = new double[5];
        Arrays.fill(events, 0.2 + 0.01 * user);
        return chip.run(
                new InputSpikes(new int[] {0, events.length}, new short[events.length], events), RunIntent.TRAIN);
    }

    private static ChipExecutor open(ChipTarget target) {
        return ChipExecutor.open(
                Mapper.map(NETWORK, Networks.SETTINGS, target.chips().get(0), false), target, 0);
    }

    private static ChipTarget target(String uri) {
        return (ChipTarget) Targets.installed().resolve(uri, LinkOptions.defaults());
    }

    private static List<double[]> alone(int user) {
        List<double[]> times = new ArrayList<>();
        try (ChipTarget own = target(CHIP);
                ChipExecutor chip = open(own)) {
            for (int i = 0; i < BATCHES; i++) {
                times.add(batch(chip, user, i).layers()[0]);
            }
        }
        return times;
    }

    @Test
    @DisplayName(
            "J36 two networks in turn on one shared chip give what each gives alone: one upload each, then the server restores")
    void takingTurns() throws IOException {
        try (ChipSource source = EmulatorSource.of(CHIP);
                ChipServer server = ChipServer.start(
                        source, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ServerOptions.defaults());
                ChipTarget shared = target("grpc://127.0.0.1:" + server.port() + "?shared=one");
                ChipExecutor first = open(shared);
                ChipExecutor second = open(shared)) {
            List<ChipExecutor> users = List.of(first, second);
            List<List<double[]>> found = List.of(new ArrayList<>(), new ArrayList<>());
            TreeMap<String, Long> health = new TreeMap<>();
            for (int i = 0; i < BATCHES; i++) {
                for (int user = 0; user < users.size(); user++) {
                    FirstSpikes spikes = batch(users.get(user), user, i);
                    found.get(user).add(spikes.layers()[0]);
                    spikes.counters().forEach((key, count) -> health.merge(key, count, Long::sum));
                }
            }

            for (int user = 0; user < users.size(); user++) {
                List<double[]> expected = alone(user);
                assertThat(expected.get(0)[0]).isFinite();
                assertThat(found.get(user).toArray(double[][]::new)).isDeepEqualTo(expected.toArray(double[][]::new));
            }
            // the last change of turn may be told after the last result
            assertThat(health.get(HealthKeys.LINK_TURNS)).isBetween(2L * BATCHES - 2, 2L * BATCHES);
            assertThat(health).containsEntry(BatchHealth.REPEATS, 0L).doesNotContainKey(HealthKeys.LINK_RECONNECTS);
        }
    }
}
