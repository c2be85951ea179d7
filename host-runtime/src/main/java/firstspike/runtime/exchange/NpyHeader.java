package firstspike.runtime.exchange;

import firstspike.runtime.error.FormatException;
import java.util.ArrayList;
import java.util.List;

/**
 * The dictionary literal in front of an array: element type, order and shape. Parsed by hand, never evaluated.
 *
 * @param descr element type as text
 * @param fortranOrder whether the first index runs fastest
 * @param shape dimensions, none negative
 */
record NpyHeader(String descr, boolean fortranOrder, List<Long> shape) {

    /** Parses a header text. */
    static NpyHeader parse(String text, String file) {
        return new Parser(text, file).parse();
    }

    /** Position in the text and what was found so far. */
    private static final class Parser {
        private static final int MOST_DIGITS = 18;

        private final String text;
        private final String file;
        private int at;
        private String descr;
        private Boolean fortranOrder;
        private List<Long> shape;

        Parser(String text, String file) {
            this.text = text;
            this.file = file;
        }

        NpyHeader parse() {
            expect('{');
            while (peek() != '}') {
                String key = string();
                expect(':');
                switch (key) {
                    case "descr" -> descr = once(descr, type());
                    case "fortran_order" -> fortranOrder = once(fortranOrder, truth());
                    case "shape" -> shape = once(shape, tuple());
                    default -> throw malformed("key '" + key + "'");
                }
                if (peek() != '}') {
                    expect(',');
                }
            }
            expect('}');
            if (peek() != 0) {
                throw malformed("text after the dictionary");
            }
            if (descr == null || fortranOrder == null || shape == null) {
                throw malformed("a key is missing");
            }
            return new NpyHeader(descr, fortranOrder, List.copyOf(shape));
        }

        private <T> T once(T before, T value) {
            if (before != null) {
                throw malformed("a key is there twice");
            }
            return value;
        }

        /** Next character that is not blank; 0 at the end. */
        private char peek() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
                at++;
            }
            return at < text.length() ? text.charAt(at) : 0;
        }

        private void expect(char wanted) {
            if (peek() != wanted) {
                throw malformed("no '" + wanted + "'");
            }
            at++;
        }

        private String string() {
            char quote = peek();
            if (quote != '\'' && quote != '"') {
                throw malformed("no quoted text");
            }
            int end = text.indexOf(quote, at + 1);
            if (end < 0) {
                throw malformed("unterminated text");
            }
            String value = text.substring(at + 1, end);
            at = end + 1;
            return value;
        }

        private String type() {
            if (peek() == '[') {
                throw new FormatException(
                        FormatException.Code.UNSUPPORTED_DTYPE,
                        file,
                        "structured array",
                        "numbers, booleans and text",
                        "save each field as an array of its own");
            }
            return string();
        }

        private Boolean truth() {
            peek();
            for (Boolean value : new Boolean[] {Boolean.TRUE, Boolean.FALSE}) {
                String word = value ? "True" : "False";
                if (text.startsWith(word, at)) {
                    at += word.length();
                    return value;
                }
            }
            throw malformed("neither True nor False");
        }

        private List<Long> tuple() {
            List<Long> values = new ArrayList<>();
            expect('(');
            while (peek() != ')') {
                values.add(number());
                if (peek() != ')') {
                    expect(',');
                }
            }
            expect(')');
            return values;
        }

        private long number() {
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            if (at == start) {
                throw malformed("a dimension that is not a number of 0 or more");
            }
            if (at - start > MOST_DIGITS) {
                throw NpyCodec.tooLarge(file, text.substring(start, Math.min(at, start + 40)));
            }
            return Long.parseLong(text.substring(start, at));
        }

        private FormatException malformed(String what) {
            return new FormatException(
                    FormatException.Code.MALFORMED_HEADER,
                    file,
                    what + " at character " + at + " of the header",
                    "a dictionary of descr, fortran_order and shape",
                    "save the array again with numpy.save");
        }
    }
}
