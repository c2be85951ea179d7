package firstspike.driver.credential;

import java.util.regex.Pattern;

/**
 * Takes secrets out of texts that quote what somebody typed: the user part of a URI, and the values of options whose name says
 * that they are secret. What only names a file ({@code token_file}) stays. For everything that is printed or kept. Stateless.
 */
public final class SecretText {

    /** What stands for a secret. */
    public static final String HIDDEN = "***";

    private static final Pattern USER_PART = Pattern.compile("//[^/?#\\s'\"]*@");
    private static final Pattern OPTION = Pattern.compile(
            "(?i)((?<![a-z0-9_.-])[a-z0-9_.-]*(?:token|secret|passw|pwd|bearer|credential|api_?key|auth)"
                    + "[a-z0-9_.-]*(?<!_file)(?<!-file)=)[^&\\s'\",;)]+");
    private static final Pattern BEARER = Pattern.compile("(?i)(bearer\\s+)[a-z0-9._~+/-]{8,}=*");

    private SecretText() {}

    /**
     * @param text that may quote a URI, an option or a header
     * @return the same with {@link #HIDDEN} for each secret
     */
    public static String hide(String text) {
        if (text.indexOf('=') < 0
                && text.indexOf('@') < 0
                && !text.toLowerCase(java.util.Locale.ROOT).contains("bearer")) {
            return text;
        }
        String users = USER_PART.matcher(text).replaceAll("//" + HIDDEN + "@");
        String options = OPTION.matcher(users).replaceAll("$1" + HIDDEN);
        return BEARER.matcher(options).replaceAll("$1" + HIDDEN);
    }
}
