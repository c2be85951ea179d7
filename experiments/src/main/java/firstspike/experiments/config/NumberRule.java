package firstspike.experiments.config;

import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.recording.ShortestDecimal;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number in its own unit, or a text of a number and a unit of the same kind.
 *
 * @param dimension kind of quantity
 * @param least smallest value
 * @param open true when the smallest value itself is out
 * @param most largest value
 */
record NumberRule(Dimension dimension, double least, boolean open, double most) implements Rule {

    private static final Pattern QUANTITY =
            Pattern.compile("\\s*([-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)\\s+(\\S+)\\s*");
    private static final int LONGEST = 64;

    static NumberRule any() {
        return new NumberRule(Dimension.NONE, Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY);
    }

    static NumberRule above(double least) {
        return new NumberRule(Dimension.NONE, least, true, Double.POSITIVE_INFINITY);
    }

    static NumberRule from(double least) {
        return new NumberRule(Dimension.NONE, least, false, Double.POSITIVE_INFINITY);
    }

    static NumberRule between(double least, double most) {
        return new NumberRule(Dimension.NONE, least, false, most);
    }

    NumberRule in(Dimension other) {
        return new NumberRule(other, least, open, most);
    }

    @Override
    public Object read(YamlNode node, String key, Problems problems) {
        if (node.kind() != YamlNode.Kind.SCALAR || node.text().length() > LONGEST) {
            problems.outOfRange(node, key, allowed(), "give one number");
            return REFUSED;
        }
        if (node.hasLeadingZero()) {
            problems.outOfRange(node, key, allowed(), "write the number without leading zeros");
            return REFUSED;
        }
        double value;
        if (node.isNumber()) {
            value = node.isInteger() ? IntegerRule.parse(node.text()).doubleValue() : Double.parseDouble(node.text());
        } else {
            Matcher quantity = QUANTITY.matcher(node.text());
            if (!quantity.matches()) {
                problems.outOfRange(node, key, allowed(), "give a number or a text of number and unit");
                return REFUSED;
            }
            String unit = quantity.group(2);
            if (!dimension.knows(unit)) {
                problems.add(
                        ExperimentException.Code.UNIT_MISMATCH,
                        node,
                        key,
                        dimension.units() + "; " + unit + " is " + Dimension.kindOf(unit),
                        "give the value in " + (dimension == Dimension.NONE ? "plain numbers" : dimension.unit()));
                return REFUSED;
            }
            value = dimension.convert(new BigDecimal(quantity.group(1)), unit);
        }
        if (!(open ? value > least : value >= least) || !(value <= most) || Double.isInfinite(value)) {
            problems.outOfRange(node, key, allowed(), "choose a value in range");
            return REFUSED;
        }
        return value;
    }

    @Override
    public String allowed() {
        String unit = dimension.unit().isEmpty() ? "" : " " + dimension.unit();
        if (Double.isInfinite(least) && Double.isInfinite(most)) {
            return "a finite number" + unit;
        }
        if (Double.isInfinite(most)) {
            return (open ? "above " : "at least ") + ShortestDecimal.of(least) + unit;
        }
        return (open ? "above " : "from ") + ShortestDecimal.of(least) + " to " + ShortestDecimal.of(most) + unit;
    }
}
