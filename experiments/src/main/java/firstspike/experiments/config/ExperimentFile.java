package firstspike.experiments.config;

import firstspike.driver.error.UnknownTargetException;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An experiment as it was written: a file, or one that is bundled with the program under its id.
 *
 * @param name path or id, for messages
 * @param folder where relative paths of it lead, empty for a bundled one
 * @param bytes all of it
 */
public record ExperimentFile(String name, Optional<Path> folder, byte[] bytes) {

    private static final String PLACE = "/firstspike/experiments/bundled/";
    private static final List<String> BUNDLED = List.of(
            "yin-yang",
            "yin-yang-software",
            "yin-yang-eventprop",
            "spike-patterns",
            "yin-yang-chip",
            "yin-yang-regain",
            "mnist16",
            "mnist16-software",
            "mnist16-chip",
            "mnist16-fast",
            "mnist16-regain",
            "mnist28-software",
            "mnist28-fast",
            "digits16");

    /** Ids of the bundled experiments, in the order they are listed. */
    public static List<String> bundledIds() {
        return BUNDLED;
    }

    /**
     * A bundled experiment or a file.
     *
     * @param idOrPath an id, or a path that ends in .yaml or .yml or holds a separator
     * @return the experiment as written
     * @throws UnknownExperimentException for an unknown id
     * @throws StorageException for a file that cannot be read
     */
    public static ExperimentFile find(String idOrPath) {
        if (BUNDLED.contains(idOrPath)) {
            return bundled(idOrPath);
        }
        if (!YamlFile.isPath(idOrPath)) {
            throw new UnknownExperimentException(idOrPath, BUNDLED);
        }
        return read(Path.of(idOrPath));
    }

    /**
     * @param id one of {@link #bundledIds()}
     * @return the experiment as written
     */
    public static ExperimentFile bundled(String id) {
        try (InputStream in = ExperimentFile.class.getResourceAsStream(PLACE + id + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("bundled experiment " + id + ": no resource; build the program again");
            }
            return new ExperimentFile(id, Optional.empty(), in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("bundled experiment " + id + ": unreadable", e);
        }
    }

    /**
     * @param path of a file
     * @return the experiment as written
     */
    public static ExperimentFile read(Path path) {
        byte[] bytes = YamlFile.read(
                path, "experiment file", "correct the path; 'firstspike experiments' lists the bundled ones");
        Path folder = path.toAbsolutePath().getParent();
        return new ExperimentFile(path.toString(), Optional.ofNullable(folder), bytes);
    }

    /**
     * Reads, changes, checks and completes the experiment.
     *
     * @param overrides of the command line
     * @return the experiment, or every mistake
     * @throws UnknownTargetException when nothing names a target
     */
    public Resolution resolve(Overrides overrides) {
        Problems problems = new Problems();
        YamlNode root = parse(problems);
        if (root == null) {
            return Resolution.invalid(problems.list());
        }
        for (String assignment : overrides.assignments()) {
            Assignment.apply(assignment, root, problems);
        }
        TargetOrigin origin = chooseTarget(root, overrides);
        Object read = ExperimentSchema.forFile(root).read(root, "", problems);
        if (read == Rule.REFUSED || problems.any()) {
            return Resolution.invalid(problems.list());
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> tree = (Map<String, Object>) read;
        new CrossChecks(root, tree, problems).run();
        if (problems.any()) {
            return Resolution.invalid(problems.list());
        }
        if (origin == TargetOrigin.NONE) {
            throw new UnknownTargetException("target: none named in " + name
                    + " (limit: one target); say which by --target: ideal:, emu:nominal?seed=0, grpc://host:port");
        }
        Map<String, Object> derived = overrides.assignments().isEmpty() ? tree : derive(tree);
        return Resolution.valid(ExperimentReader.read(derived, folder), origin);
    }

    private YamlNode parse(Problems problems) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            problems.add(
                    ExperimentException.Code.YAML_REFUSED,
                    YamlNode.scalar(name, 1, 1, "bytes that are no UTF-8", true),
                    "",
                    "UTF-8",
                    "save the file as UTF-8");
            return null;
        }
        YamlNode root = YamlReader.read(name, text.startsWith("\uFEFF") ? text.substring(1) : text, problems);
        if (root != null && root.kind() != YamlNode.Kind.MAP) {
            problems.outOfRange(root, "", ExperimentSchema.EXPERIMENT.allowed(), "write keys and values");
            return null;
        }
        return root;
    }

    private static TargetOrigin chooseTarget(YamlNode root, Overrides overrides) {
        if (overrides.target().isPresent()) {
            put(root, "--target", overrides.target().get());
            return TargetOrigin.OPTION;
        }
        if (root.entries().containsKey("target")) {
            return TargetOrigin.FILE;
        }
        if (overrides.environmentTarget().isPresent()) {
            put(root, "FIRSTSPIKE_TARGET", overrides.environmentTarget().get());
            return TargetOrigin.ENVIRONMENT;
        }
        return TargetOrigin.NONE;
    }

    private static void put(YamlNode root, String origin, String target) {
        YamlNode key = YamlNode.scalar(origin, 1, 1, "target", true);
        root.entries().put("target", new YamlNode.Entry(key, YamlNode.scalar(origin, 1, 1, target, false)));
    }

    /** A published experiment with other values is somebody's own, and says where it comes from. */
    private Map<String, Object> derive(Map<String, Object> tree) {
        if (!"published".equals(tree.get("status")) || essence(tree).equals(essence(original()))) {
            return tree;
        }
        Map<String, Object> derived = new LinkedHashMap<>();
        tree.forEach((key, value) -> {
            derived.put(key, key.equals("status") ? "own" : value);
            if (key.equals("status")) {
                derived.put("derived_from", tree.get("id"));
            }
        });
        return derived;
    }

    private Map<String, Object> original() {
        Problems ignored = new Problems();
        YamlNode root = parse(ignored);
        Object read = ExperimentSchema.forFile(root).read(root, "", ignored);
        if (read == Rule.REFUSED) {
            return Map.of();
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> tree = (Map<String, Object>) read;
        new CrossChecks(root, tree, ignored).run();
        return tree;
    }

    /** The values that make a published experiment what it is. */
    private static Map<String, Object> essence(Map<String, Object> tree) {
        Map<String, Object> essence = new LinkedHashMap<>(tree);
        for (String key : List.of("target", "calibration", "record", "report", "require", "health")) {
            essence.remove(key);
        }
        if (essence.get("training") instanceof Map<?, ?> training) {
            Map<Object, Object> rest = new LinkedHashMap<>(training);
            rest.remove("snapshots_epochs");
            essence.put("training", rest);
        }
        return essence;
    }
}
