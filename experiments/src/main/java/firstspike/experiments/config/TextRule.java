package firstspike.experiments.config;

import java.util.regex.Pattern;

/**
 * A text.
 *
 * @param pattern that all of it must match, null for any
 * @param longest number of characters
 * @param allowed the same in words
 */
record TextRule(Pattern pattern, int longest, String allowed) implements Rule {

    static TextRule upTo(int longest) {
        return new TextRule(null, longest, "a text of at most " + longest + " characters");
    }

    static TextRule matching(String pattern, int longest, String allowed) {
        return new TextRule(Pattern.compile(pattern), longest, allowed);
    }

    @Override
    public Object read(YamlNode node, String key, Problems problems) {
        if (node.kind() != YamlNode.Kind.SCALAR
                || node.isNull()
                || node.text().length() > longest
                || node.text().indexOf('\0') >= 0
                || pattern != null && !pattern.matcher(node.text()).matches()) {
            problems.outOfRange(node, key, allowed, "correct the text");
            return REFUSED;
        }
        return node.text();
    }
}
