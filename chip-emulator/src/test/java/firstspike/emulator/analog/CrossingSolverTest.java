package firstspike.emulator.analog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossingSolverTest {
    private static final double MICRO = 1e-6;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @DisplayName("A-03 first crossing of one to six currents equals dense sampling")
    void equalsDenseSampling(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int crossings = 0;
        for (int k = 0; k < 300; k++) {
            String at = "seed " + seed + ", case " + k;
            int currents = (int) seed;
            CrossingSolver solver = new CrossingSolver(60, currents);
            double tauM = (1 + 19 * random.nextDouble()) * MICRO;
            boolean similar = random.nextBoolean();
            solver.begin(2 * random.nextDouble() - 1, tauM);
            for (int i = 0; i < currents; i++) {
                double tau = similar ? tauM * (1 + 0.1 * random.nextDouble()) : (1 + 19 * random.nextDouble()) * MICRO;
                solver.add((random.nextDouble() * 3 - 1.4) / MICRO * (i == 0 ? 1 : 0.5), tau);
            }
            double theta = random.nextInt(4) == 0 ? -random.nextDouble() : 1 + random.nextDouble();
            if (solver.potential(0) >= theta) {
                continue;
            }
            double s = solver.solve(theta, Double.POSITIVE_INFINITY);
            double sampled = Double.NaN;
            double step = 0.002 * MICRO;
            for (int i = 1; i < 60_000 && Double.isNaN(sampled); i++) {
                if (solver.potential(i * step) >= theta) {
                    sampled = i * step;
                }
            }
            if (Double.isNaN(sampled)) {
                assertThat(Double.isNaN(s) || s > 119 * MICRO || grazes(solver, s))
                        .as(at)
                        .isTrue();
            } else {
                crossings++;
                assertThat(s).as(at).isCloseTo(sampled, within(grazes(solver, s) ? 10 * step : 1.01 * step));
                assertThat(solver.potential(s)).as(at).isCloseTo(theta, within(1e-12));
            }
        }
        assertThat(crossings).as("seed " + seed).isGreaterThan(20);
    }

    private static boolean grazes(CrossingSolver solver, double s) {
        return solver.slope(s) * MICRO < 0.01;
    }
}
