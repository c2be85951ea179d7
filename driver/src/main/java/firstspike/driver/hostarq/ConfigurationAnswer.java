package firstspike.driver.hostarq;

import firstspike.driver.message.WireException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Puts the configuration answer of an FPGA together from its parts and checks it (wire.md 12). Everything in it is bounded.
 *
 * <pre>
 * word  0      1      2      3     4 ...
 *       | 256 | 128 | 180 |  L  | L words of text, 8 characters each, zero padded |
 * </pre>
 */
final class ConfigurationAnswer {

    /** Longest text in words, 64 KiB: longer ones are refused before anything is kept (not in the sources). */
    static final int MAX_TEXT_WORDS = 8192;

    private static final int HEAD = 4;
    private static final int MAX_NESTING = 20;

    private final SessionErrors errors;
    private final SessionSettings settings;
    private byte[] text;
    private int received;

    ConfigurationAnswer(SessionSettings settings) {
        this.settings = settings;
        this.errors = new SessionErrors(settings);
    }

    /**
     * The words of an answer, as an FPGA sends them.
     *
     * @param informationText at most 64 KiB of UTF-8
     * @return words, to be cut into frames
     */
    static long[] words(String informationText) {
        byte[] bytes = informationText.getBytes(StandardCharsets.UTF_8);
        int textWords = (bytes.length + Long.BYTES - 1) / Long.BYTES;
        if (textWords > MAX_TEXT_WORDS) {
            throw new IllegalArgumentException("information text: " + bytes.length + " bytes (limit: "
                    + MAX_TEXT_WORDS * Long.BYTES + "); shorten it");
        }
        long[] words = new long[HEAD + textWords];
        words[0] = Frames.SEQUENCES;
        words[1] = Frames.WINDOW;
        words[2] = Frames.MAX_WORDS;
        words[3] = textWords;
        for (int i = 0; i < bytes.length; i++) {
            int shift = Long.SIZE - Byte.SIZE * (i % Long.BYTES + 1);
            words[HEAD + i / Long.BYTES] |= (bytes[i] & 0xffL) << shift;
        }
        return words;
    }

    /**
     * Reads a small answer, so that everything which that takes is loaded. The first one takes tenths of a second on a busy machine,
     * and while a session reads one it neither acknowledges nor keeps its 400 ms for the loopback frame.
     */
    static void prepare() {
        long[] words = words("version: 0\ncompatible_until: 0\n");
        ConfigurationAnswer answer = new ConfigurationAnswer(SessionSettings.of("nobody", true));
        answer.part(words, words.length);
        answer.information();
    }

    /** Whether no part came so far. */
    boolean isEmpty() {
        return text == null;
    }

    /** Whether all words that the first part announced are there. */
    boolean isComplete() {
        return text != null && received == text.length / Long.BYTES;
    }

    /**
     * Takes the words of one frame of type 0x8002, in order.
     *
     * @throws WireException {@code CFG_MALFORMED}, {@code SETTINGS_MISMATCH}, {@code
     *     BITFILE_INFO_EMPTY}
     */
    void part(long[] words, int count) {
        int from = 0;
        if (text == null) {
            begin(words, count);
            from = HEAD;
        }
        int announced = text.length / Long.BYTES;
        if (received + count - from > announced) {
            throw errors.malformedAnswer(
                    "infoWords", String.valueOf(received + count - from), "max", String.valueOf(announced));
        }
        if (announced == 0) {
            throw errors.noInformation();
        }
        for (int i = from; i < count; i++, received++) {
            for (int k = 0; k < Long.BYTES; k++) {
                text[received * Long.BYTES + k] = (byte) (words[i] >>> Long.SIZE - Byte.SIZE * (k + 1));
            }
        }
    }

    private void begin(long[] words, int count) {
        if (count < HEAD) {
            throw errors.malformedAnswer("len", String.valueOf(count), "min", String.valueOf(HEAD));
        }
        expect("maxNrFrames", words[0], Frames.SEQUENCES);
        expect("maxWinSize", words[1], Frames.WINDOW);
        expect("maxPduWords", words[2], Frames.MAX_WORDS);
        if (Long.compareUnsigned(words[3], MAX_TEXT_WORDS) > 0) {
            throw errors.malformedAnswer(
                    "infoWords", Long.toUnsignedString(words[3]), "max", String.valueOf(MAX_TEXT_WORDS));
        }
        text = new byte[(int) words[3] * Long.BYTES];
    }

    /**
     * A further part did not come in time.
     *
     * @return {@code CFG_MALFORMED}
     */
    WireException missingPart() {
        return errors.malformedAnswer(
                "infoWords", String.valueOf(received), "expected", String.valueOf(text.length / Long.BYTES));
    }

    /**
     * Reads the text; only when {@link #isComplete}.
     *
     * @return what it says
     * @throws WireException {@code BITFILE_…}
     */
    BitfileInformation information() {
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        String content = new String(text, 0, end, StandardCharsets.UTF_8);
        if (content.isBlank()) {
            throw errors.noInformation();
        }
        Map<?, ?> map = parse(content);
        int version = integer(map, "version");
        int compatibleUntil = integer(map, "compatible_until");
        if (version < settings.oldestVersion()) {
            throw errors.tooOld(version);
        }
        if (compatibleUntil > settings.newestCompatible()) {
            throw errors.incompatible(compatibleUntil);
        }
        return new BitfileInformation(version, compatibleUntil, content);
    }

    private Map<?, ?> parse(String content) {
        LoaderOptions limits = new LoaderOptions();
        limits.setAllowDuplicateKeys(false);
        limits.setAllowRecursiveKeys(false);
        limits.setMaxAliasesForCollections(0);
        limits.setNestingDepthLimit(MAX_NESTING);
        limits.setCodePointLimit(MAX_TEXT_WORDS * Long.BYTES);
        try {
            Object loaded = new Yaml(new SafeConstructor(limits)).load(content);
            return loaded instanceof Map<?, ?> map ? map : Map.of();
        } catch (YAMLException e) {
            throw errors.incompleteInformation("version", e);
        }
    }

    private int integer(Map<?, ?> map, String key) {
        if (map.get(key) instanceof Integer number) {
            return number;
        }
        throw errors.incompleteInformation(key, null);
    }

    private void expect(String field, long value, int expected) {
        if (value != expected) {
            throw errors.settingsMismatch(field, value, expected);
        }
    }
}
