package firstspike.experiments.cli.train;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads times of the chip, such as {@code 5ms}, {@code 300us} or {@code 1250ticks}, as ticks of 8 ns. */
final class ChipTime implements ITypeConverter<Long> {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,9})?)\\s*(ticks|ns|us|ms|s)");
    private static final Map<String, BigDecimal> TICKS = Map.of(
            "ticks", BigDecimal.ONE,
            "ns", new BigDecimal("0.125"),
            "us", new BigDecimal("125"),
            "ms", new BigDecimal("125e3"),
            "s", new BigDecimal("125e6"));

    @Override
    public Long convert(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw new TypeConversionException("'" + text + "' is no time of a chip; write for example 5ms or 300us");
        }
        return new BigDecimal(parts.group(1))
                .multiply(TICKS.get(parts.group(2)))
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }
}
