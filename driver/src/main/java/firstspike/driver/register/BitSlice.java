package firstspike.driver.register;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Run of neighbouring bits of a field that lie side by side in one word.
 *
 * @param from lowest bit of the field
 * @param width number of bits, 1..32
 * @param word word in write order
 * @param bit lowest bit in the word
 * @param inverted whether the bits are stored inverted
 */
record BitSlice(int from, int width, int word, int bit, boolean inverted) {

    private static final Pattern TEXT = Pattern.compile("(?:b(\\d+)(?::(\\d+))?=)?(~?)w(\\d+)\\[(\\d+)(?::(\\d+))?\\]");

    /** Reads the notation of the register tables, for example {@code b7:2=~w0[5:0]} or {@code w1[3]}. */
    static BitSlice parse(String text) {
        Matcher match = TEXT.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("bit range " + text + " is not of the form b7:2=~w0[5:0]");
        }
        int high = Integer.parseInt(match.group(5));
        int low = match.group(6) == null ? high : Integer.parseInt(match.group(6));
        int fieldHigh = match.group(1) == null ? high - low : Integer.parseInt(match.group(1));
        int fieldLow = match.group(1) == null ? 0 : fieldHigh;
        if (match.group(2) != null) {
            fieldLow = Integer.parseInt(match.group(2));
        }
        if (fieldHigh - fieldLow != high - low) {
            throw new IllegalArgumentException("bit range " + text + " names two different widths");
        }
        return new BitSlice(
                fieldLow,
                high - low + 1,
                Integer.parseInt(match.group(4)),
                low,
                !match.group(3).isEmpty());
    }

    /** Mask of the bits in their word. */
    int wordMask() {
        return (int) (valueMask() << bit);
    }

    /** Puts its part of a stored value into the words, whose bits there are 0. */
    void put(long stored, int[] words) {
        long part = stored >>> from & valueMask();
        words[word] |= (int) ((inverted ? part ^ valueMask() : part) << bit);
    }

    /** Its part of the stored value, in place. */
    long get(int[] words) {
        long part = words[word] >>> bit & valueMask();
        return (inverted ? part ^ valueMask() : part) << from;
    }

    private long valueMask() {
        return (1L << width) - 1;
    }
}
