package firstspike.runtime.recording;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Text of a double: the shortest decimal that reads back to the same value, in the notation of {@link Double#toString}
 * (formats.md 1). The same on every release of Java, although older ones sometimes print a digit too many.
 */
public final class ShortestDecimal {

    private static final int FEWEST_DIGITS = 2;

    private ShortestDecimal() {}

    /**
     * @param value finite
     * @return such as {@code 0.1}, {@code 6.0}, {@code 1.0E-8}
     */
    public static String of(double value) {
        String text = Double.toString(value);
        if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
            return text;
        }
        BigDecimal exact = new BigDecimal(value);
        String best = text;
        for (int digits = digitsOf(text); digits >= FEWEST_DIGITS; digits--) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() != value) {
                break;
            }
            best = layOut(rounded);
        }
        return best;
    }

    private static int digitsOf(String text) {
        int end = text.indexOf('E');
        int digits = 0;
        boolean leading = true;
        for (int i = 0; i < (end < 0 ? text.length() : end); i++) {
            char c = text.charAt(i);
            leading &= c == '0' || c == '.' || c == '-';
            if (!leading && c != '.') {
                digits++;
            }
        }
        return digits;
    }

    /** As {@link Double#toString} does: plain from 10^-3 to below 10^7, one digit before the point elsewhere. */
    private static String layOut(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale() - 1;
        if (exponent >= -3 && exponent < 7) {
            String plain = stripped.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String digits = stripped.unscaledValue().abs().toString();
        String fraction = digits.length() == 1 ? "0" : digits.substring(1);
        return (stripped.signum() < 0 ? "-" : "") + digits.charAt(0) + "." + fraction + "E" + exponent;
    }
}
