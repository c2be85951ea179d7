package firstspike.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.runtime.mapping.Mapper;
import firstspike.runtime.mapping.Networks;
import firstspike.runtime.network.Network;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Hashes of programs and of all spikes that came back, written down before the emulator was made faster: with any number of
 * threads the spikes are still those. Another hash of the programs means that the mapping has changed, not the chip.
 */
class SameSpikesTest {

    private static final int DIGITS = 16;

    @ParameterizedTest(name = "A-09 A-24 {0} on {1}: the spikes of before, with {3} threads")
    @CsvSource({
        "yin-yang, emu:nominal?seed=1, 40, 1 2, a8bc16d15adfdb8b, 43d15b992f9a990d",
        "yin-yang, emu:varied?seed=3&mismatch=residual, 40, 1, a8bc16d15adfdb8b, 51022a820911a571",
        "merged, emu:nominal?seed=1, 12, 1 4, f17f5d58fc3c6e4c, 9b3b9256db2f081f",
        "merged, emu:varied?seed=3&mismatch=residual, 12, 2, f17f5d58fc3c6e4c, f58c146d2add8b0f"
    })
    void sameSpikes(String name, String uri, int samples, String counts, String programs, String spikes) {
        for (int threads :
                Arrays.stream(counts.split(" ")).mapToInt(Integer::parseInt).toArray()) {
            Recorder recorder = recorded(name.equals("merged"), uri, samples, threads);

            assertThat(hash(recorder.programs.stream()
                            .map(PlaybackProgram::words)
                            .toList()))
                    .as("programs")
                    .isEqualTo(programs);
            assertThat(hash(recorder.results.stream()
                            .map(RunResult::spikes)
                            .map(SameSpikesTest::words)
                            .toList()))
                    .as("spikes with %d threads", threads)
                    .isEqualTo(spikes);
        }
    }

    /** Two batches of samples whose inputs lie in the first two of 30 time constants; most neurons fire. */
    private static Recorder recorded(boolean merged, String uri, int samples, int threads) {
        LinkOptions options = LinkOptions.defaults().withThreads(threads);
        Recorder recorder = new Recorder((ChipTarget) Targets.installed().resolve(uri, options));
        Network network = merged ? Networks.plain(256, 246, 10) : Networks.yinYang();
        Random random = new Random(24);
        int inputs = network.inputs();
        try (ChipTarget target = new ChipTarget(uri, recorder, options);
                ChipExecutor chip = ChipExecutor.open(
                        Mapper.map(network, Networks.SETTINGS, target.chips().get(0), true), target, 0)) {
            chip.load(new LayerWeights(new double[][] {
                normal(
                        random,
                        network.rows(0) * network.layers().get(0).size(),
                        merged ? 0.08 : 0.45,
                        merged ? 0.25 : 0.5),
                normal(random, network.rows(1) * network.layers().get(1).size(), merged ? 0.03 : 0.3, 0.4)
            }));
            for (int batch = 0; batch < 2; batch++) {
                double[] times = new double[inputs * samples];
                for (int i = 0; i < times.length; i++) {
                    times[i] = merged && random.nextDouble() < 0.58
                            ? Double.POSITIVE_INFINITY
                            : 0.15 + 1.85 * random.nextDouble();
                }
                FirstSpikes fired = chip.run(InputSpikes.ofDense(times, inputs), RunIntent.EVALUATE);
                double[] hidden = fired.layers()[0];
                assertThat(Arrays.stream(hidden).filter(Double::isFinite).count())
                        .as("spikes of the hidden layer")
                        .isGreaterThan(hidden.length / 2);
            }
        }
        return recorder;
    }

    private static double[] normal(Random random, int count, double mean, double deviation) {
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = Math.max(-2.1, Math.min(2.1, mean + deviation * random.nextGaussian()));
        }
        return weights;
    }

    private static long[] words(SpikeColumns spikes) {
        long[] words = new long[2 * spikes.size()];
        for (int i = 0; i < spikes.size(); i++) {
            words[2 * i] = spikes.chipTime(i);
            words[2 * i + 1] = spikes.fpgaTime(i) << 16 | spikes.label(i) & 0xffff;
        }
        return words;
    }

    private static String hash(List<long[]> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (long[] words : parts) {
                ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * words.length);
                bytes.asLongBuffer().put(words);
                digest.update(bytes.array());
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
