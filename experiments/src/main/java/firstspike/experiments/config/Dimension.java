package firstspike.experiments.config;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Kind of a quantity: its own unit, and what other units of that kind are worth in it. */
enum Dimension {
    /** Pure numbers. */
    NONE("", Map.of()),
    /** Model time. */
    MODEL_TIME("tau", Map.of("tau", "1")),
    /** Time on the chip in microseconds; a tick is 8 ns. */
    CHIP_TIME(
            "us",
            Map.of(
                    "ns", "0.001", "us", "1", "µs", "1", "ms", "1000", "s", "1000000", "ticks", "0.008", "tick",
                    "0.008")),
    /** Codes and readings of converters. */
    CODE("LSB", Map.of("LSB", "1", "lsb", "1")),
    /** Durations of people in seconds. */
    DURATION("s", Map.of("ms", "0.001", "s", "1", "min", "60", "h", "3600", "d", "86400", "us", "0.000001"));

    private static final Map<String, String> OTHER_KINDS = otherKinds();

    private final String unit;
    private final Map<String, String> factors;

    Dimension(String unit, Map<String, String> factors) {
        this.unit = unit;
        this.factors = factors;
    }

    /** The unit of a bare number; empty for pure numbers. */
    String unit() {
        return unit;
    }

    /** Known units, for messages. */
    String units() {
        return this == NONE ? "no unit" : String.join(", ", new java.util.TreeSet<>(factors.keySet()));
    }

    boolean knows(String name) {
        return factors.containsKey(name);
    }

    /** What kind of quantity a foreign unit measures, for messages. */
    static String kindOf(String name) {
        return OTHER_KINDS.getOrDefault(name, "an unknown unit");
    }

    /** Exact in decimals, so that 0.006 ms are 6 us and not nearly. */
    double convert(BigDecimal number, String name) {
        return number.multiply(new BigDecimal(factors.get(name))).doubleValue();
    }

    private static Map<String, String> otherKinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        for (String name : new String[] {"ns", "us", "µs", "ms", "s", "min", "h", "d", "ticks", "tick"}) {
            kinds.put(name, "a time");
        }
        kinds.put("tau", "a model time");
        for (String name : new String[] {"V", "mV", "uV", "µV"}) {
            kinds.put(name, "a voltage");
        }
        for (String name : new String[] {"A", "mA", "uA", "µA", "nA"}) {
            kinds.put(name, "a current");
        }
        for (String name : new String[] {"Hz", "kHz", "MHz"}) {
            kinds.put(name, "a frequency");
        }
        kinds.put("LSB", "a code");
        kinds.put("lsb", "a code");
        return kinds;
    }
}
