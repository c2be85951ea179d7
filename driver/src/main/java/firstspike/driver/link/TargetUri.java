package firstspike.driver.link;

import firstspike.driver.credential.SecretText;
import firstspike.driver.error.UnknownTargetException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A target as people write it: {@code scheme:rest?option=value&option=value} (targets.md 1). Parsing checks the syntax
 * only; what the parts mean is the provider's business.
 *
 * @param text as given, without secrets
 * @param scheme lower case
 * @param rest what stands between scheme and options, without leading {@code //}
 * @param options decoded, each at most once
 */
public record TargetUri(String text, String scheme, String rest, SortedMap<String, String> options) {

    private static final int LONGEST = 4096;

    /** Copies the options. */
    public TargetUri {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /**
     * Parses a target.
     *
     * @param text for example {@code emu:varied?seed=7&mismatch=residual}
     * @return its parts
     * @throws UnknownTargetException when it is no target URI
     */
    public static TargetUri parse(String text) {
        // all that quotes the target quotes this
        String shown = SecretText.hide(text);
        if (text.length() > LONGEST) {
            throw new UnknownTargetException(
                    "target: " + text.length() + " characters (limit: " + LONGEST + "); shorten it");
        }
        int colon = text.indexOf(':');
        if (colon < 1 || !text.substring(0, colon).matches("[A-Za-z][A-Za-z0-9+.-]*")) {
            throw new UnknownTargetException(
                    "target: '" + shown
                            + "' has no scheme (known: ideal:, emu:, grpc://, grpcs://, fpga://); write for example emu:nominal?seed=0");
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        int question = text.indexOf('?', colon);
        String rest = decode(shown, question < 0 ? text.substring(colon + 1) : text.substring(colon + 1, question));
        SortedMap<String, String> options = new TreeMap<>();
        if (question >= 0 && question + 1 < text.length()) {
            for (String pair : text.substring(question + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    throw new UnknownTargetException(
                            "target: '" + shown + "' has an option without a value; write name=value");
                }
                String name = decode(shown, pair.substring(0, equals));
                if (options.put(name, decode(shown, pair.substring(equals + 1))) != null) {
                    throw new UnknownTargetException(
                            "target: '" + shown + "' gives the option '" + name + "' twice; give it once");
                }
            }
        }
        return new TargetUri(shown, scheme, rest.startsWith("//") ? rest.substring(2) : rest, options);
    }

    /**
     * Refuses options that a provider does not know.
     *
     * @param known names of all options
     * @throws UnknownTargetException naming the option and the known ones
     */
    public void allowOptions(Set<String> known) {
        for (String name : options.keySet()) {
            if (!known.contains(name)) {
                throw new UnknownTargetException("option of target '" + text + "': '" + name + "' (known: "
                        + String.join(", ", new java.util.TreeSet<>(known)) + "); correct or remove it");
            }
        }
    }

    @Override
    public String toString() {
        return text;
    }

    private static String decode(String text, String part) {
        try {
            // '+' is a plain character in a URI, only forms give it another meaning
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new UnknownTargetException("target: '" + text + "' has a broken percent sign; encode % as %25");
        }
    }
}
