package firstspike.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExponentialTest {
    private static final double LN2 = StrictMath.log(2);

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
        for (double x : new double[] {
            0, -0.0, 1, -1, 700, -700, 709.9, -745.2, Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN
        }) {
            same(x);
        }
        same(Double.POSITIVE_INFINITY);
        same(Double.NEGATIVE_INFINITY);
    }

    private static void same(double x) {
        long expected = Double.doubleToLongBits(StrictMath.exp(x));
        if (Double.doubleToLongBits(Exponential.of(x)) != expected) {
            assertThat(Exponential.of(x)).as("e^%s", x).isEqualTo(StrictMath.exp(x));
        }
        long less = Double.doubleToLongBits(StrictMath.expm1(x));
        if (Double.doubleToLongBits(Exponential.minusOne(x)) != less) {
            assertThat(Exponential.minusOne(x)).as("e^%s - 1", x).isEqualTo(StrictMath.expm1(x));
        }
    }
}
