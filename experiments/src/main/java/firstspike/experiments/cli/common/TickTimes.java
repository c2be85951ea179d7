package firstspike.experiments.cli.common;

import firstspike.runtime.recording.log.LogHeader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads chip times such as {@code 1ms}, {@code 2.5us}, {@code 40ns}, or plain ticks of 8 ns; gives ticks, rounded down. */
public final class TickTimes implements ITypeConverter<Long> {

    private static final Pattern FORM = Pattern.compile("(-?[0-9]{1,15}(?:\\.[0-9]{1,9})?)\\s*(ns|us|ms|s|)");
    private static final Map<String, BigDecimal> PICOSECONDS = Map.of(
            "ns", BigDecimal.valueOf(1_000),
            "us", BigDecimal.valueOf(1_000_000),
            "ms", BigDecimal.valueOf(1_000_000_000L),
            "s", BigDecimal.valueOf(1_000_000_000_000L),
            "", BigDecimal.valueOf(LogHeader.CHIP_TICK_PS));

    @Override
    public Long convert(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw new TypeConversionException("'" + text + "' is no chip time; write for example 1ms, 2.5us or ticks");
        }
        return new BigDecimal(parts.group(1))
                .multiply(PICOSECONDS.get(parts.group(2)))
                .divide(BigDecimal.valueOf(LogHeader.CHIP_TICK_PS), 0, RoundingMode.FLOOR)
                .longValue();
    }
}
