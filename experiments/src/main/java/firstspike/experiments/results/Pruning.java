package firstspike.experiments.results;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs of a folder go and which stay (journeys.md U26). A run that is owned, or that cannot be read, always stays.
 *
 * @param states that are meant; none: all
 * @param before runs that were written since then stay; empty: age does not matter
 * @param keep what stays of each experiment, over all its runs
 */
public record Pruning(Set<String> states, Optional<Instant> before, Keep keep) {

    /** What stays. */
    public enum Keep {
        /** The run with the best result that can be believed. */
        BEST,
        /** The newest run. */
        LAST,
        /** Everything. */
        ALL
    }

    /** Copies the states. */
    public Pruning {
        states = Set.copyOf(states);
    }

    /**
     * What happens to a run.
     *
     * @param row the run
     * @param goes whether it is removed
     * @param reason why it stays, or why it goes
     */
    public record Decision(RunRow row, boolean goes, String reason) {}

    /**
     * Decides.
     *
     * @param rows all runs of a folder
     * @return one decision a run that is meant, in their order
     */
    public List<Decision> decide(List<RunRow> rows) {
        Set<RunRow> kept = kept(rows);
        List<Decision> decisions = new ArrayList<>();
        for (RunRow row : rows) {
            if (!states.isEmpty() && !states.contains(row.state())) {
                continue;
            }
            if (before.isPresent()
                    && !row.updated().map(at -> at.isBefore(before.get())).orElse(true)) {
                continue;
            }
            decisions.add(decide(row, kept));
        }
        return decisions;
    }

    private Decision decide(RunRow row, Set<RunRow> kept) {
        if (row.status().isEmpty()) {
            return new Decision(row, false, "its run.json cannot be read: " + row.problem());
        }
        if (row.status().get().owned()) {
            return new Decision(row, false, "a living process owns it (" + row.text("lock") + ")");
        }
        return kept.contains(row)
                ? new Decision(
                        row,
                        false,
                        keep == Keep.ALL
                                ? "all are kept"
                                : keep.name().toLowerCase(java.util.Locale.ROOT) + " of " + row.name())
                : new Decision(row, true, row.state());
    }

    private Set<RunRow> kept(List<RunRow> rows) {
        Set<RunRow> kept = new HashSet<>();
        Set<String> names = new HashSet<>();
        rows.forEach(row -> names.add(row.name()));
        for (String name : names) {
            List<RunRow> same =
                    rows.stream().filter(row -> row.name().equals(name)).toList();
            switch (keep) {
                case ALL -> kept.addAll(same);
                case LAST ->
                    same.stream()
                            .max(Comparator.comparing((RunRow row) -> row.text("created"))
                                    .thenComparing(RunRow::folder))
                            .ifPresent(kept::add);
                case BEST ->
                    same.stream()
                            .filter(row -> row.isGood() && !Double.isNaN(row.metric()))
                            .max(Comparator.comparingDouble(RunRow::metric).thenComparing(row -> row.text("created")))
                            .ifPresent(kept::add);
            }
        }
        return kept;
    }
}
