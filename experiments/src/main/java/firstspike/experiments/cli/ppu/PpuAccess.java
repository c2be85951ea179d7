package firstspike.experiments.cli.ppu;

import firstspike.experiments.cli.common.UsageException;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words of a symbol as an option names them: {@code SYMBOL[+BYTES][:WORDS]} to read, {@code SYMBOL[+BYTES]=WORDS} to write.
 *
 * @param symbol of the program
 * @param byteOffset from its beginning
 * @param count words to read, or empty: all
 * @param values words to write
 */
record PpuAccess(String symbol, int byteOffset, OptionalInt count, int... values) {
    private static final Pattern READ = Pattern.compile("([^+:=]+)(?:\\+(\\d{1,8}))?(?::(\\d{1,8}))?");
    private static final Pattern WRITE = Pattern.compile("([^+:=]+)(?:\\+(\\d{1,8}))?=(.+)");

    static PpuAccess read(String text) {
        Matcher matcher = READ.matcher(text);
        if (!matcher.matches()) {
            throw new UsageException("--get: '" + text + "' (limit: SYMBOL[+BYTES][:WORDS]); write for example w+8:4");
        }
        OptionalInt count =
                matcher.group(3) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(matcher.group(3)));
        return new PpuAccess(matcher.group(1), offset(matcher), count);
    }

    static PpuAccess write(String text) {
        Matcher matcher = WRITE.matcher(text);
        if (!matcher.matches()) {
            throw new UsageException(
                    "--set: '" + text + "' (limit: SYMBOL[+BYTES]=WORDS); write for example w+8=1,0x2");
        }
        try {
            int[] words = Arrays.stream(matcher.group(3).split(","))
                    .mapToLong(Long::decode)
                    .mapToInt(PpuAccess::word)
                    .toArray();
            return new PpuAccess(matcher.group(1), offset(matcher), OptionalInt.empty(), words);
        } catch (NumberFormatException e) {
            throw new UsageException("--set: '" + text + "' (limit: words of 32 bit); separate them by commas");
        }
    }

    private static int offset(Matcher matcher) {
        return matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
    }

    private static int word(long value) {
        if (value < Integer.MIN_VALUE || value > 0xFFFF_FFFFL) {
            throw new NumberFormatException(value + " has more than 32 bits");
        }
        return (int) value;
    }
}
