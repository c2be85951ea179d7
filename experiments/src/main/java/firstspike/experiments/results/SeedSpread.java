package firstspike.experiments.results;

import firstspike.experiments.config.Experiment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether two groups of runs differ by more than what seeds do. Runs are of one group when their experiments differ in nothing
 * but seeds. Two groups of two runs or more are within the spread when |mean1 - mean2| &lt;= 2 sqrt(s1²/n1 + s2²/n2), s with
 * n - 1 (journeys.md U16).
 *
 * @param metric that is judged
 * @param groups in the order of their first runs
 * @param within the answer; empty where there is none
 * @param words the answer for people
 */
public record SeedSpread(String metric, List<Group> groups, Optional<Boolean> within, String words) {

    private static final double SIGMAS = 2;

    /** Copies the groups. */
    public SeedSpread {
        groups = List.copyOf(groups);
    }

    /**
     * Runs that differ in seeds only.
     *
     * @param folders of the runs
     * @param values of the metric, of those that have it
     */
    public record Group(List<String> folders, List<Double> values) {

        /** Copies the lists. */
        public Group {
            folders = List.copyOf(folders);
            values = List.copyOf(values);
        }

        /** Mean of the values; not-a-number without any. */
        public double mean() {
            return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        }

        /** Variance with n - 1; not-a-number below two values. */
        double variance() {
            double mean = mean();
            return values.size() < 2
                    ? Double.NaN
                    : values.stream()
                                    .mapToDouble(value -> (value - mean) * (value - mean))
                                    .sum()
                            / (values.size() - 1);
        }

        /** Standard deviation with n - 1; not-a-number below two values. */
        public double deviation() {
            return Math.sqrt(variance());
        }
    }

    static SeedSpread of(List<Experiment> experiments, List<StoredRun> runs, String metric) {
        List<Experiment> firsts = new ArrayList<>();
        List<List<StoredRun>> members = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            int group = 0;
            while (group < firsts.size() && !alike(firsts.get(group), experiments.get(i))) {
                group++;
            }
            if (group == firsts.size()) {
                firsts.add(experiments.get(i));
                members.add(new ArrayList<>());
            }
            members.get(group).add(runs.get(i));
        }
        List<Group> groups = members.stream()
                .map(list -> new Group(
                        list.stream().map(StoredRun::folderName).toList(),
                        list.stream()
                                .map(run -> run.result().get(metric))
                                .filter(Number.class::isInstance)
                                .map(value -> ((Number) value).doubleValue())
                                .toList()))
                .toList();
        return judge(metric, groups);
    }

    /** The rule alone. */
    static SeedSpread judge(String metric, List<Group> groups) {
        if (groups.size() != 2) {
            return new SeedSpread(
                    metric,
                    groups,
                    Optional.empty(),
                    groups.size() == 1
                            ? "all runs differ in seeds only: there is nothing to tell apart"
                            : groups.size() + " groups of runs: compare two at a time");
        }
        Group a = groups.get(0);
        Group b = groups.get(1);
        if (a.values().size() < 2 || b.values().size() < 2) {
            return new SeedSpread(metric, groups, Optional.empty(), "one run a side cannot tell");
        }
        double difference = Math.abs(a.mean() - b.mean());
        double limit = SIGMAS
                * Math.sqrt(a.variance() / a.values().size()
                        + b.variance() / b.values().size());
        boolean within = difference <= limit;
        return new SeedSpread(
                metric,
                groups,
                Optional.of(within),
                String.format(
                        Locale.ROOT,
                        "%s: %.4g (n = %d) against %.4g (n = %d); the difference %.3g is %s the spread of seeds (%.3g)",
                        metric,
                        a.mean(),
                        a.values().size(),
                        b.mean(),
                        b.values().size(),
                        difference,
                        within ? "within" : "beyond",
                        limit));
    }

    private static boolean alike(Experiment a, Experiment b) {
        Map<String, List<String>> differing = new TreeMap<>(a.differences(b));
        differing.keySet().removeIf(key -> key.startsWith("training.seeds."));
        if (withoutSeeds(a.target()).equals(withoutSeeds(b.target()))) {
            differing.remove("target");
        }
        return differing.isEmpty();
    }

    /** A target without what only draws other chances. */
    static String withoutSeeds(String target) {
        return target.replaceAll("(?<=[?&])(seed|noise_seed)=[^& ]*&?", "").replaceAll("[?&](?= |$)", "");
    }

    /** The groups as JSON. */
    List<Object> json() {
        List<Object> trees = new ArrayList<>();
        for (Group group : groups) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("runs", group.folders());
            tree.put("n", group.values().size());
            tree.put("mean", group.mean());
            tree.put("std", group.deviation());
            trees.add(tree);
        }
        return trees;
    }
}
