package firstspike.experiments.config;

import java.math.BigInteger;

/**
 * A whole number.
 *
 * @param least smallest value
 * @param most largest value
 */
record IntegerRule(long least, long most) implements Rule {

    @Override
    public Object read(YamlNode node, String key, Problems problems) {
        if (node.hasLeadingZero()) {
            problems.outOfRange(node, key, allowed(), "write the number without leading zeros");
            return REFUSED;
        }
        if (!node.isInteger()) {
            problems.outOfRange(node, key, allowed(), "give a whole number");
            return REFUSED;
        }
        BigInteger value = parse(node.text());
        if (value.compareTo(BigInteger.valueOf(least)) < 0 || value.compareTo(BigInteger.valueOf(most)) > 0) {
            problems.outOfRange(node, key, allowed(), "choose a value in range");
            return REFUSED;
        }
        return value.longValueExact();
    }

    /** An integer of the core schema: decimal, 0o octal, 0x hexadecimal. */
    static BigInteger parse(String text) {
        if (text.startsWith("0o")) {
            return new BigInteger(text.substring(2), 8);
        }
        if (text.startsWith("0x")) {
            return new BigInteger(text.substring(2), 16);
        }
        return new BigInteger(text);
    }

    @Override
    public String allowed() {
        return most == Long.MAX_VALUE ? "a whole number from " + least : "a whole number from " + least + " to " + most;
    }
}
