package firstspike.experiments.config;

import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.recording.JsonText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A sweep as it was written (formats.md 7, end): an experiment, and which of its keys take which values.
 *
 * @param name of the sweep
 * @param base the experiment, as written
 * @param vary what is varied; the cross product is meant
 * @param seeds runs of each combination
 * @param parallel points at a time
 * @param retry repeats of a point whose target was lost or busy
 * @param bytes all of the file
 */
public record SweepFile(
        String name, ExperimentFile base, List<Variation> vary, int seeds, int parallel, int retry, byte[] bytes) {

    private static final String NAME = "[a-z0-9-]{1,64}";
    private static final int LONGEST_KEY = 256;

    /**
     * Keys that take each of some values together.
     *
     * @param keys paths of the experiment
     * @param values one after another
     */
    public record Variation(List<String> keys, List<Value> values) {}

    /**
     * @param shown for tables
     * @param yaml the same value as the right side of an assignment
     */
    public record Value(String shown, String yaml) {}

    private static final MapRule VARIATION = MapRule.of(
            Key.optional("key", TextRule.upTo(LONGEST_KEY), "key that varies"),
            Key.optional("keys", new ListRule(TextRule.upTo(LONGEST_KEY), 1, 32), "keys that share one value"),
            Key.required("values", new ListRule(new ValueRule(), 1, 10_000), "values one after another"));

    private static final MapRule SWEEP = MapRule.of(
            Key.optional("schema", ChoiceRule.of("firstspike.sweep/1"), "version of this format"),
            Key.optional("name", TextRule.matching(NAME, 64, "[a-z0-9-], 1 to 64 characters"), "name of the folder"),
            Key.required("base", TextRule.upTo(4096), "bundled id or experiment file"),
            Key.of("vary", new ListRule(VARIATION, 0, 16), "[]", "what varies"),
            Key.of("seeds", new IntegerRule(1, 10_000), "1", "runs of each combination"),
            Key.of("parallel", new IntegerRule(1, 256), "1", "points at a time"),
            Key.of("retry", new IntegerRule(0, 100), "0", "repeats when a target is lost or busy"));

    /**
     * @param path of the file; a relative base is looked for in its folder
     * @return the sweep
     * @throws InvalidExperimentException with every mistake and its place
     * @throws StorageException for a file that cannot be read
     */
    public static SweepFile read(Path path) {
        byte[] bytes = YamlFile.read(path, "sweep file", "correct the path, or name a bundled sweep");
        Path folder = path.toAbsolutePath().getParent();
        return parse(
                path.toString(),
                bytes,
                base -> ExperimentFile.bundledIds().contains(base)
                        ? ExperimentFile.bundled(base)
                        : ExperimentFile.read(folder.resolve(base)));
    }

    /**
     * @param file name for messages; without a key {@code name} the sweep is called so
     * @param bytes of the file
     * @param bases finds the experiment that the file names
     * @return the sweep
     * @throws InvalidExperimentException with every mistake and its place
     */
    public static SweepFile parse(String file, byte[] bytes, Function<String, ExperimentFile> bases) {
        Problems problems = new Problems();
        YamlNode root = YamlReader.read(file, new String(bytes, StandardCharsets.UTF_8), problems);
        Object read = root == null ? Rule.REFUSED : SWEEP.read(root, "", problems);
        if (read == Rule.REFUSED || problems.any()) {
            throw new InvalidExperimentException(problems.list());
        }
        @SuppressWarnings("unchecked")
        Values values = new Values((Map<String, Object>) read);
        List<Variation> vary = new ArrayList<>();
        Set<String> known = new LinkedHashSet<>();
        for (int i = 0; i < values.size("vary"); i++) {
            vary.add(variation(values, "vary." + i, root, known, problems));
        }
        if (problems.any()) {
            throw new InvalidExperimentException(problems.list());
        }
        return new SweepFile(
                values.optionalText("name").orElseGet(() -> nameOf(file)),
                bases.apply(values.text("base")),
                List.copyOf(vary),
                values.integer("seeds"),
                values.integer("parallel"),
                values.integer("retry"),
                bytes);
    }

    private static Variation variation(
            Values values, String path, YamlNode root, Set<String> known, Problems problems) {
        List<String> keys = new ArrayList<>();
        values.optionalText(path + ".key").ifPresent(keys::add);
        if (values.has(path + ".keys")) {
            keys.addAll(values.<String>list(path + ".keys"));
        }
        if (values.has(path + ".key") == values.has(path + ".keys")) {
            problems.add(
                    ExperimentException.Code.MISSING_KEY,
                    root,
                    path,
                    "one of key and keys",
                    "name the key that varies, or the keys that share a value");
        }
        for (String key : keys) {
            if (!known.add(key) || key.isBlank() || key.contains("=")) {
                problems.add(
                        ExperimentException.Code.VALUE_OUT_OF_RANGE,
                        YamlNode.scalar(root.file(), root.line(), root.column(), key, true),
                        path,
                        "a key of the experiment, varied once",
                        "correct the key");
            }
        }
        return new Variation(keys, values.list(path + ".values"));
    }

    private static String nameOf(String file) {
        String last = Path.of(file).getFileName().toString().replaceFirst("\\.ya?ml$", "");
        String name = last.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9-]+", "-");
        return name.matches(NAME) ? name : "sweep";
    }

    /** Any value, kept as text: whether it fits is the business of the experiment that it goes into. */
    private record ValueRule() implements Rule {

        @Override
        public Object read(YamlNode node, String key, Problems problems) {
            String yaml = yaml(node);
            return new Value(node.kind() == YamlNode.Kind.SCALAR ? node.isNull() ? "null" : node.text() : yaml, yaml);
        }

        /** In flow style, which is one line: quoted as JSON where it is text. */
        private static String yaml(YamlNode node) {
            return switch (node.kind()) {
                case SCALAR ->
                    node.isNull()
                            ? "null"
                            : node.isTruth() || node.isNumber() ? node.text() : JsonText.compact(node.text());
                case LIST -> node.items().stream().map(ValueRule::yaml).collect(Collectors.joining(", ", "[", "]"));
                case MAP -> {
                    Map<String, String> parts = new LinkedHashMap<>();
                    node.entries().forEach((name, entry) -> parts.put(JsonText.compact(name), yaml(entry.value())));
                    yield parts.entrySet().stream()
                            .map(each -> each.getKey() + ": " + each.getValue())
                            .collect(Collectors.joining(", ", "{", "}"));
                }
            };
        }

        @Override
        public String allowed() {
            return "any value";
        }
    }
}
