package firstspike.experiments.wire;

import firstspike.driver.message.ToFpga;
import firstspike.driver.message.ToFpgaMessage;
import firstspike.driver.message.WireException;
import firstspike.runtime.error.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads instructions back from lines as listings and programs print them. Time, direction, frame, index and tick in front of
 * an instruction may be missing and are ignored; remarks, empty lines and responses are skipped.
 */
public final class InstructionParser {

    private static final Pattern CAPTURED = Pattern.compile("\\d+\\.\\d+\\s+(TO|FROM)\\s+\\d+\\s+(.*)");
    private static final Pattern NUMBERED = Pattern.compile("\\d+\\s+(?:\\d+|-)\\s+(.*)");
    private static final int MOST_LABELS = 3;

    private final String file;

    /** @param file name for error messages */
    public InstructionParser(String file) {
        this.file = file;
    }

    /**
     * Reads a line.
     *
     * @param line without its end
     * @param number counted from 1, for error messages
     * @return the word; empty when the line holds no instruction
     * @throws FormatException when it is none of the forms, or a field is out of range
     */
    public OptionalLong word(String line, long number) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return OptionalLong.empty();
        }
        Matcher captured = CAPTURED.matcher(text);
        if (captured.matches()) {
            if (captured.group(1).equals("FROM")) {
                return OptionalLong.empty();
            }
            text = captured.group(2).strip();
        }
        Matcher numbered = NUMBERED.matcher(text);
        if (numbered.matches()) {
            text = numbered.group(1).strip();
        }
        try {
            return OptionalLong.of(message(text.split("\\s+")).word());
        } catch (WireException e) {
            throw refused(
                    number, text, e.detail().limit() + " for " + e.detail().thing(), e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw refused(number, text, "an instruction as 'wire decode' prints it", e);
        }
    }

    private FormatException refused(long number, String text, String limit, RuntimeException cause) {
        return new FormatException(
                FormatException.Code.MALFORMED_CHUNK,
                "line " + number + " of " + file,
                "'" + text + "'",
                limit,
                "correct the line",
                cause);
    }

    private static ToFpgaMessage message(String[] words) {
        return switch (words[0]) {
            case "halt" -> valued(ToFpga.Kind.LOOPBACK, words, 1, 0);
            case "marker" -> valued(ToFpga.Kind.LOOPBACK, words, 1, 1);
            case "read", "write" -> access(words);
            case "value" -> valued(ToFpga.Kind.OMNIBUS_DATA, words, 2, number(words, 1));
            case "spikes" -> spikes(words);
            case "JtagData" -> shift(words);
            default -> named(words);
        };
    }

    private static ToFpgaMessage named(String[] words) {
        for (ToFpga.Kind kind : ToFpga.Kind.values()) {
            if (kind.messageName().equals(words[0])) {
                return switch (kind) {
                    case JTAG_INIT, TIMER_SETUP -> {
                        count(words, 1);
                        yield new ToFpgaMessage.Plain(kind);
                    }
                    case JTAG_SCALER, JTAG_INS, WAIT_UNTIL, SYSTIME_INIT, BARRIER, POLLING_OMNIBUS_BLOCK, RESET ->
                        valued(kind, words, 2, number(words, 1));
                    case JTAG_DATA, LOOPBACK, OMNIBUS_ADDRESS, OMNIBUS_DATA, SPIKE_PACK_1, SPIKE_PACK_2, SPIKE_PACK_3 ->
                        throw new IllegalArgumentException(kind + " has another form");
                };
            }
        }
        throw new IllegalArgumentException("unknown instruction " + words[0]);
    }

    private static ToFpgaMessage valued(ToFpga.Kind kind, String[] words, int length, long value) {
        count(words, length);
        return new ToFpgaMessage.Valued(kind, value);
    }

    private static ToFpgaMessage access(String[] words) {
        boolean some = words.length == 4 && words[2].equals("bytes");
        count(words, some ? 4 : 2);
        return new ToFpgaMessage.OmnibusAddress(
                number(words, 1), words[0].equals("read"), some ? Math.toIntExact(number(words, 3)) : 15);
    }

    private static ToFpgaMessage spikes(String[] words) {
        if (words.length < 2 || words.length > 1 + MOST_LABELS) {
            throw new IllegalArgumentException("1 to " + MOST_LABELS + " labels");
        }
        List<Integer> labels = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            labels.add(Math.toIntExact(number(words, i)));
        }
        return new ToFpgaMessage.SpikePack(labels);
    }

    private static ToFpgaMessage shift(String[] words) {
        boolean keep = words.length == 5 && words[4].equals("keep");
        count(words, keep ? 5 : 4);
        if (!words[2].equals("bits")) {
            throw new IllegalArgumentException("JtagData N bits PAYLOAD");
        }
        return new ToFpgaMessage.JtagData(keep, Math.toIntExact(number(words, 1)), number(words, 3));
    }

    private static void count(String[] words, int length) {
        if (words.length != length) {
            throw new IllegalArgumentException(words.length + " words, not " + length);
        }
    }

    private static long number(String[] words, int at) {
        if (at >= words.length) {
            throw new IllegalArgumentException("a number is missing");
        }
        String text = words[at];
        try {
            return text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(text + " is no number", e);
        }
    }
}
