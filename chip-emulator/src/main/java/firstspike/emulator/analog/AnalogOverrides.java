package firstspike.emulator.analog;

import static firstspike.driver.error.UnsupportedOnTargetException.Code.INVALID_CHIP_MODEL;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import firstspike.driver.error.UnsupportedOnTargetException;

/**
 * Other values for names of {@code analog-defaults.yaml}, each checked so that no law divides by zero, no table grows
 * without bound and no sign turns round: a number of the shipped sign within a factor 1000 of the shipped one; an intercept
 * or rail within 10 V; amplitudes of noise may also be 0. Mutable; one owner thread.
 */
final class AnalogOverrides {
    private static final double LARGEST_RATIO = 1000;
    private static final double LARGEST_VOLT = 10;
    private static final int MOST_STEPS = 100_000;

    private final String thing;
    private final ObjectNode tree;

    /** @param thing what an error names first */
    AnalogOverrides(String thing) {
        this.thing = thing;
        tree = AnalogDefaults.shippedTree();
    }

    /**
     * Takes a value over.
     *
     * @param name group and name, joined by a dot, as {@code transfer.leak_slope_v}
     * @throws UnsupportedOnTargetException when there is no such name or the value is none for it
     */
    void put(String name, JsonNode value) {
        int dot = name.indexOf('.');
        JsonNode group = dot < 0 ? null : tree.get(name.substring(0, dot));
        String key = name.substring(dot + 1);
        JsonNode shipped = group == null ? null : group.get(key);
        if (shipped == null || !shipped.isNumber()) {
            throw new UnsupportedOnTargetException(
                    INVALID_CHIP_MODEL,
                    thing,
                    name.length() > 80 ? name.substring(0, 80) + "…" : name,
                    "names of analog-defaults.yaml as transfer.leak_slope_v",
                    "correct or remove it");
        }
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (shipped.isIntegralNumber() && !value.isIntegralNumber()) {
            number = Double.NaN;
        }
        if (!allowed(name, shipped.doubleValue(), number)) {
            throw new UnsupportedOnTargetException(
                    INVALID_CHIP_MODEL,
                    thing + ", " + name,
                    value.isNumber() ? value.asText() : value.getNodeType(),
                    "a number near " + shipped.asText(),
                    "correct or remove it");
        }
        ((ObjectNode) group).set(key, value);
    }

    private static boolean allowed(String name, double shipped, double value) {
        if (name.endsWith("_intercept_v") || name.startsWith("transfer.rail_")) {
            return Math.abs(value) <= LARGEST_VOLT;
        }
        boolean amplitude = name.startsWith("noise.")
                || name.startsWith("capmem.write_noise_")
                || name.startsWith("capmem.crosstalk_");
        double ratio = value / shipped;
        return ratio <= LARGEST_RATIO && (ratio >= 1 / LARGEST_RATIO || amplitude && value == 0);
    }

    /** The defaults with all values taken over. */
    AnalogDefaults applied() {
        AnalogDefaults defaults = AnalogDefaults.of(tree);
        long steps = defaults.capmem().settleHalfTicks() / defaults.capmem().stepHalfTicks();
        if (steps < 1 || steps > MOST_STEPS) {
            throw new UnsupportedOnTargetException(
                    INVALID_CHIP_MODEL,
                    thing + ", capmem",
                    steps + " steps of settling",
                    "1 to " + MOST_STEPS,
                    "correct step and length");
        }
        if (defaults.transfer().railLowV() >= defaults.transfer().railHighV()) {
            throw new UnsupportedOnTargetException(
                    INVALID_CHIP_MODEL,
                    thing + ", transfer.rail_low_v",
                    defaults.transfer().railLowV(),
                    "below rail_high_v",
                    "correct the rails");
        }
        return defaults;
    }
}
