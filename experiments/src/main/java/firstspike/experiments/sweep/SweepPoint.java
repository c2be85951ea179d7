package firstspike.experiments.sweep;

import java.util.Locale;

/**
 * One run of a sweep.
 *
 * @param number from 1, in the order of the table
 * @param condition what is set
 * @param seed by how much both training seeds are raised, from 0
 */
public record SweepPoint(int number, Condition condition, int seed) {

    /** Name of its run folder without time and id, by which a later process finds it. */
    public String name() {
        return String.format(Locale.ROOT, "point-%04d", number);
    }
}
