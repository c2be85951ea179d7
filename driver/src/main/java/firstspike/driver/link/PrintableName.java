package firstspike.driver.link;

import java.util.regex.Pattern;

/** A name that others read in a line of a log or a table: printed characters, blanks inside only, not long. Stateless. */
public final class PrintableName {

    /** Longest name of a shared chip, characters. */
    public static final int LONGEST_SHARED = 64;

    private static final String SIGN = "[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]";
    private static final Pattern FORM = Pattern.compile(SIGN + "(?:" + SIGN + "| (?! )(?=.))*");

    private PrintableName() {}

    /**
     * @param text to be checked
     * @param longest characters
     * @return whether it is such a name
     */
    public static boolean isOne(String text, int longest) {
        return text.length() <= longest && FORM.matcher(text).matches();
    }
}
