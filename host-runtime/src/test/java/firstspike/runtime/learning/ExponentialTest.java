package firstspike.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExponentialTest {
    private static final double LN2 = StrictMath.log(2);
    /** A vector of any length and a rest. */
    private static final int MANY = 9;

    private static final double[] NUMBERS = new double[MANY];
    private static final double[] POWERS = new double[MANY];
    private static final List<Exponential> ARRAYS = Stream.concat(
                    Stream.of(Kernels.scalar()), Kernels.vector().stream())
            .map(form -> form.exponential(MANY))
            .toList();

    @Test
    void hasTheBitsOfTheStrictFunctionEverywhere() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 60_000; i++) {
            same(random.nextDouble() * 60 - 30);
            same((random.nextDouble() - 0.5) * 1600);
            same(Math.scalb(random.nextDouble() - 0.5, -random.nextInt(60)));
        }
    }

    @Test
    void hasTheBitsOfTheStrictFunctionWhereItsReductionChanges() {
        for (int halves = -8; halves <= 8; halves++) {
            double x = halves * LN2 / 2;
            double below = x;
            double above = x;
            for (int ulp = 0; ulp < 2000; ulp++) {
                same(below);
                same(above);
                below = Math.nextDown(below);
                above = Math.nextUp(above);
            }
            // the reduction looks at the upper 32 bits only
            double cut = Double.longBitsToDouble(Double.doubleToRawLongBits(x) >>> 32 << 32);
            same(cut);
            same(Math.nextDown(cut));
            same(cut + (x - cut) / 2);
        }
        for (double x :
                new double[] {0, -0.0, 1, -1, 700, -700, 709.9, -745.2, Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN
                }) {
            same(x);
        }
        same(Double.POSITIVE_INFINITY);
        same(Double.NEGATIVE_INFINITY);
    }

    @Test
    void logarithmAndDifferenceHaveTheBitsOfTheStrictFunctions() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 100_000; i++) {
            sameLog(Math.scalb(random.nextDouble() + 0.5, random.nextInt(40) - 20));
            sameLog(1 + (random.nextDouble() - 0.5) * 1e-5);
            sameLog(Double.longBitsToDouble(random.nextLong()));
            sameDifference(random.nextDouble() - 0.5);
            sameDifference(-random.nextDouble() * 0.11);
            sameDifference(Math.scalb(random.nextDouble() - 0.5, -random.nextInt(60)));
        }
        for (double x : new double[] {0, -0.0, 1, 2, 0.5, -1, Double.MIN_VALUE, Double.POSITIVE_INFINITY, Double.NaN}) {
            sameLog(x);
            sameDifference(x);
        }
    }

    private static void sameLog(double x) {
        if (Double.doubleToLongBits(Logarithm.log(x)) != Double.doubleToLongBits(StrictMath.log(x))) {
            assertThat(Logarithm.log(x)).as("log %s", x).isEqualTo(StrictMath.log(x));
        }
    }

    private static void sameDifference(double x) {
        if (Double.doubleToLongBits(Exponential.minusOne(x)) != Double.doubleToLongBits(StrictMath.expm1(x))) {
            assertThat(Exponential.minusOne(x)).as("e^%s - 1", x).isEqualTo(StrictMath.expm1(x));
        }
    }

    private static void same(double x) {
        long expected = Double.doubleToLongBits(StrictMath.exp(x));
        if (Double.doubleToLongBits(Exponential.of(x)) != expected) {
            assertThat(Exponential.of(x)).as("e^%s", x).isEqualTo(StrictMath.exp(x));
        }
        Arrays.fill(NUMBERS, x);
        for (Exponential form : ARRAYS) {
            form.of(NUMBERS, MANY, POWERS);
            for (double power : POWERS) {
                if (Math.abs(x) < Exponential.LIMIT && Double.doubleToLongBits(power) != expected) {
                    assertThat(power).as("e^%s of an array, %s", x, form).isEqualTo(StrictMath.exp(x));
                }
            }
        }
    }
}
