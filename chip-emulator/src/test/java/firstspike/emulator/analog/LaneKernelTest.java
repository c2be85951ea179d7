package firstspike.emulator.analog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both forms of the kernel give the same bits, on columns of random places of which some move. */
class LaneKernelTest {
    private static final int PLACES = 136;
    private static final int CAPACITY = 192;
    private static final int EVENTS = 150;
    private static final boolean WITHOUT_VECTOR = Boolean.getBoolean("firstspike.without-vector");

    @Test
    void theModuleDecidesAndAWordForcesIt() {
        assertThat(LaneKernels.vector().isPresent())
                .isEqualTo(!WITHOUT_VECTOR
                        && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
        assertThat(LaneKernels.chosen())
                .isInstanceOf(LaneKernels.vector().isPresent() ? WarmingLaneKernel.class : ScalarLaneKernel.class);
        String before = System.getProperty(LaneKernels.PROPERTY);
        try {
            System.setProperty(LaneKernels.PROPERTY, "scalar");
            assertThat(LaneKernels.chosen()).isInstanceOf(ScalarLaneKernel.class);
            System.setProperty(LaneKernels.PROPERTY, "fast");
            assertThatThrownBy(LaneKernels::chosen).hasMessageContaining("scalar, vector or auto");
        } finally {
            if (before == null) {
                System.clearProperty(LaneKernels.PROPERTY);
            } else {
                System.setProperty(LaneKernels.PROPERTY, before);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alike", "each", "saturating"})
    void bothFormsGiveTheSameBits(String way) {
        assumeThat(LaneKernels.vector()).as("the Vector API").isPresent();
        LaneKernel scalar = new ScalarLaneKernel();
        LaneKernel vector = LaneKernels.vector().orElseThrow();
        LaneColumns plain = columns(way);
        LaneColumns other = columns(way);
        SplittableRandom random = new SplittableRandom(3);
        double[][] factors = new double[9][CAPACITY];
        int bounded = 0;
        int clipped = 0;
        for (int event = 0; event < EVENTS; event++) {
            LaneRows rows = rows(random);
            for (double[] column : factors) {
                for (int j = 0; j < PLACES; j++) {
                    column[j] = 0.7 + 0.3 * random.nextDouble();
                }
            }
            move(scalar, way, plain, rows, factors);
            move(vector, way, other, rows, factors);

            assertThat(bits(other)).isEqualTo(bits(plain));
            assertThat(vector.earliest(other.y, PLACES)).isEqualTo(scalar.earliest(plain.y, PLACES));
            bounded += scalar.earliest(plain.y, PLACES) >= 0 ? 1 : 0;
            for (int j = 0; j < PLACES; j++) {
                clipped += plain.u[j] == plain.high[j] || plain.u[j] == plain.low[j] ? 1 : 0;
            }
        }
        assertThat(bounded).isGreaterThan(EVENTS / 2);
        assertThat(clipped).isGreaterThan(0);
    }

    @Test
    void whileItWarmsUpNothingIsSeenOfIt() {
        assumeThat(LaneKernels.vector()).as("the Vector API").isPresent();
        LaneKernel warming = LaneKernels.chosen();
        LaneColumns plain = columns("alike");
        LaneColumns other = columns("alike");
        SplittableRandom random = new SplittableRandom(4);
        double[][] factors = new double[9][CAPACITY];
        factors[0][0] = 0.9;
        factors[1][0] = 0.8;
        factors[2][0] = 0.3;
        for (int event = 0; event < 10 * EVENTS; event++) {
            LaneRows rows = rows(random);
            move(new ScalarLaneKernel(), "alike", plain, rows, factors);
            LaneKernel thread = event % 100 == 0 ? warming.copy() : warming;
            move(thread, "alike", other, rows, factors);
        }
        assertThat(bits(other)).isEqualTo(bits(plain));
    }

    @Test
    void nothingIsEarliestWhereNothingComes() {
        double[] y = new double[CAPACITY];
        Arrays.fill(y, Double.POSITIVE_INFINITY);
        for (LaneKernel kernel : new LaneKernel[] {new ScalarLaneKernel(), LaneKernels.chosen()}) {
            assertThat(kernel.earliest(y, PLACES)).isEqualTo(-1);
            y[70] = 12;
            y[71] = 12;
            assertThat(kernel.earliest(y, PLACES)).isEqualTo(70);
            y[70] = LaneKernel.NEVER;
            y[71] = LaneKernel.NEVER;
        }
    }

    private static void move(LaneKernel kernel, String way, LaneColumns at, LaneRows rows, double[][] factors) {
        double[][] decay = Arrays.copyOfRange(factors, 1, 5);
        double[][] response = Arrays.copyOfRange(factors, 5, 9);
        switch (way) {
            case "alike" -> kernel.moveAlike(at, rows, factors[0][0], factors[1][0], factors[2][0], PLACES);
            case "each" -> kernel.moveEach(at, rows, factors[0], decay, response, PLACES);
            default -> kernel.moveSaturating(at, rows, factors[0], decay, response, PLACES);
        }
    }

    /** Numbers near 1 in place of volt and ampere; some places held, some apart, some nobody's. */
    private static LaneColumns columns(String way) {
        SplittableRandom random = new SplittableRandom(7);
        LaneColumns at = new LaneColumns(CAPACITY);
        boolean alike = way.equals("alike");
        boolean saturating = way.equals("saturating");
        at.alikePeak = 0.4;
        at.alikeChord = 0.8;
        at.alikeInverseC = 3;
        at.alikeInverseTau = 0.5;
        for (int j = 0; j < PLACES; j++) {
            at.together[j] = random.nextInt(8) == 0 ? 0 : 1;
            at.gate[j] = random.nextInt(5) == 0 ? 0 : 1;
            at.theta[j] = random.nextInt(10) == 0 ? Double.POSITIVE_INFINITY : 6 + 8 * random.nextDouble();
            at.shift[j] = -1e-6 * random.nextDouble();
            at.low[j] = -20 - random.nextDouble();
            at.high[j] = 25 + random.nextDouble();
            at.peak[j] = alike ? at.alikePeak : random.nextDouble();
            at.chord[j] = at.gate[j] * (alike ? at.alikeChord : random.nextDouble());
            at.inverseC[j] = alike ? at.alikeInverseC : 1 + random.nextDouble();
            at.inverseTau[j] = at.gate[j] * (alike ? at.alikeInverseTau : random.nextDouble());
            at.excess[j] = alike ? 1 : 1 + random.nextDouble();
            at.horizon[j] = alike ? Double.POSITIVE_INFINITY : 1e9 * random.nextDouble();
            at.tail[j] = alike ? 0 : random.nextDouble();
            at.tailU[j] = alike ? 0 : random.nextDouble();
            at.highestLow = Math.max(at.highestLow, at.low[j]);
            at.lowestHigh = Math.min(at.lowestHigh, at.high[j]);
            for (int k = 0; k < LaneColumns.LINES; k++) {
                at.sign[k][j] = k % 2 == 0 ? 1 : -1;
                at.factor[k][j] = saturating ? at.sign[k][j] : 0;
                at.limit[k][j] = 20 + random.nextDouble();
                at.full[k][j] = 3 + 5 * random.nextDouble();
            }
        }
        at.anyFaster = !alike;
        return at;
    }

    private static LaneRows rows(SplittableRandom random) {
        LaneRows rows = new LaneRows(0, CAPACITY);
        for (int j = 0; j < PLACES; j++) {
            if (random.nextInt(6) > 0) {
                rows.reach(j);
                rows.set(j, random.nextInt(3), (long) (0x1p74 / 0x1p18 * random.nextDouble()) << 4, 1);
            }
        }
        for (int k = 0; k < LaneColumns.LINES; k++) {
            for (int j = 0; rows.increment[k] != null && j < PLACES; j++) {
                rows.increment[k][j] *= 0x1p15;
            }
        }
        return rows;
    }

    private static long[] bits(LaneColumns at) {
        double[][] columns = {
            at.u, at.y, at.c[0], at.c[1], at.c[2], at.c[3], at.factor[0], at.factor[1], at.factor[2], at.factor[3]
        };
        return Arrays.stream(columns)
                .flatMapToDouble(Arrays::stream)
                // a zero may have either sign
                .mapToLong(x -> x == 0 ? 0 : Double.doubleToRawLongBits(x))
                .toArray();
    }
}
