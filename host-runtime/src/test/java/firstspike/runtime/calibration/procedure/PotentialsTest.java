package firstspike.runtime.calibration.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.register.Container;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.ServerOptions;
import firstspike.emulator.EmulatorSource;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.search.BinarySearch;
import firstspike.runtime.calibration.search.SearchFailure;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.session.ChipConfiguration;
import firstspike.runtime.session.ChipSession;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Potentials of whole chips, searched through their links. */
@Timeout(120)
class PotentialsTest {

    private static final double LEAK = 80;
    /** Leak code that the transfer functions of the model would give. */
    private static final int CODE_OF_THE_MODEL = 466;

    private static void onChip(String uri, Consumer<Bench> work) {
        int[] capacitance = new int[AtomicNeuron.COUNT];
        Arrays.fill(capacitance, 63);
        try (ChipTarget target = (ChipTarget) Targets.installed().resolve(uri, LinkOptions.defaults());
                ChipSession session = ChipSession.open(first -> target.open(0, first), 0, 0)) {
            work.accept(new Bench(session, BaseState.of(capacitance, 1000)));
        }
    }

    private static double[] all(double value) {
        double[] values = new double[AtomicNeuron.COUNT];
        Arrays.fill(values, value);
        return values;
    }

    private static long accepted(Quantity quantity, double[] results, double target) {
        return Arrays.stream(results)
                .filter(result -> quantity.accepts(result, target))
                .count();
    }

    @Test
    @DisplayName(
            "C-06 on the nominal chip leaks come to their target within one code step, and switches stay as they were")
    void nominal() {
        onChip("emu:nominal", bench -> {
            ChipConfiguration before = bench.configuration();
            new CadcRamp().run(bench);
            Finding leak = new Leak(all(LEAK), BinarySearch.noisy(6), false, 1).run(bench);

            assertThat(leak.results()).containsOnly(LEAK);
            assertThat(leak.failures()).containsOnlyNulls();
            assertThat(leak.steps()).isEqualTo(13);
            int[] codes = bench.codes(NeuronParameter.V_LEAK);
            // one reading is 2.7 codes wide
            assertThat(IntStream.of(codes).max().orElseThrow()
                            - IntStream.of(codes).min().orElseThrow())
                    .isLessThanOrEqualTo(3);
            for (int n = 0; n < AtomicNeuron.COUNT; n += 37) {
                AtomicNeuron neuron = AtomicNeuron.of(n);
                assertThat(bench.neuron(neuron).values()).isEqualTo(before.values(Container.NEURON_CONFIG, n));
            }
            assertThat(bench.totals().programs()).isEqualTo(26 + 13);
            assertThat(bench.totals().chipSeconds()).isGreaterThan(39 * 0.02);
        });
    }

    @Test
    @DisplayName(
            "C-08 on a chip with other laws leaks and resets are searched all the same, and the one that is out of reach is told")
    void otherLaws(@TempDir Path folder) throws IOException {
        onChip(OtherLaws.write(folder), bench -> {
            new CadcRamp().run(bench);
            Finding leak = new Leak(all(LEAK), BinarySearch.noisy(8), false, 1).run(bench);
            Finding reset = new Reset(all(LEAK), BinarySearch.noisy(9), 1).run(bench);

            assertThat(leak.failures()[OtherLaws.FAR_OFF]).isEqualTo(SearchFailure.RANGE_REACHED);
            assertThat(Arrays.stream(leak.failures()).filter(Objects::nonNull)).hasSize(1);
            assertThat(accepted(Quantity.LEAK, leak.results(), LEAK)).isEqualTo(AtomicNeuron.COUNT - 1);
            assertThat(reset.failures()).containsOnlyNulls();
            assertThat(accepted(Quantity.RESET, reset.results(), LEAK)).isEqualTo(AtomicNeuron.COUNT);
            int[] codes = bench.codes(NeuronParameter.V_LEAK);
            double model = IntStream.range(0, codes.length)
                    .filter(n -> n != OtherLaws.FAR_OFF)
                    .map(n -> Math.abs(codes[n] - CODE_OF_THE_MODEL))
                    .average()
                    .orElseThrow();
            assertThat(model).isGreaterThan(20);
        });
    }

    @Test
    @DisplayName("C-07 a varied chip gives the same codes over gRPC as in process")
    void overTheWire() throws IOException {
        String chip = "emu:varied?seed=5";
        int[][] codes = new int[2][];
        Consumer<Bench> work = bench -> {
            Finding leak = new Leak(all(LEAK), BinarySearch.noisy(7), false, 1).run(bench);
            assertThat(accepted(Quantity.LEAK, leak.results(), LEAK)).isGreaterThan(500);
            codes[codes[0] == null ? 0 : 1] = bench.codes(NeuronParameter.V_LEAK);
        };
        onChip(chip, work);
        try (ChipSource source = EmulatorSource.of(chip);
                ChipServer server = ChipServer.start(
                        source, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ServerOptions.defaults())) {
            onChip("grpc://127.0.0.1:" + server.port(), work);
        }

        assertThat(codes[1]).containsExactly(codes[0]);
        assertThat(IntStream.of(codes[0]).distinct().count()).isGreaterThan(50);
    }
}
