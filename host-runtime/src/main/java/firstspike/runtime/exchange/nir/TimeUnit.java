package firstspike.runtime.exchange.nir;

import java.util.Optional;

/** Unit of the times of a graph, which the format leaves open. */
public enum TimeUnit {
    /** Milliseconds, as the tools for this chip write. */
    MS("ms", 1000),
    /** Microseconds. */
    US("us", 1),
    /** Seconds. */
    S("s", 1e6),
    /** Units of the model, whose length on the chip the experiment says. */
    TAU("tau", 0);

    private final String text;
    private final double microseconds;

    TimeUnit(String text, double microseconds) {
        this.text = text;
        this.microseconds = microseconds;
    }

    /** As it is written. */
    public String text() {
        return text;
    }

    /**
     * Microseconds of one unit.
     *
     * @param tauUs length of a unit of the model
     * @return above 0
     */
    public double microseconds(double tauUs) {
        return this == TAU ? tauUs : microseconds;
    }

    /**
     * @param text as written
     * @return the unit; empty when it is none
     */
    public static Optional<TimeUnit> of(String text) {
        for (TimeUnit unit : values()) {
            if (unit.text.equals(text)) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }
}
