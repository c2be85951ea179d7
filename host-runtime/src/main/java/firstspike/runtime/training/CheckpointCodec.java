package firstspike.runtime.training;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.exchange.NpyArray;
import firstspike.runtime.exchange.NpyCodec;
import firstspike.runtime.exchange.NpzBuilder;
import firstspike.runtime.exchange.NpzFile;
import firstspike.runtime.learning.RandomStream;
import firstspike.runtime.network.LayerRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checkpoints as array archives with a member {@code meta.json} that holds the SHA-256 of every array; all are checked on
 * reading.
 */
final class CheckpointCodec {
    private static final String META = "meta.json";
    private static final String SHA256 = "sha256";
    private static final String SCHEMA_NAME = "firstspike.checkpoint/";
    private static final int MAX_DEPTH = 64;
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Arrays that are as large as the weights of their layer, or as its neurons. */
    private static final Pattern OF_LAYER =
            Pattern.compile("(?:optimizer|layers)/([0-9]{1,6})/(?:m|v|weight_chip)|bump/([0-9]{1,6})");

    private CheckpointCodec() {}

    /** The archive of a checkpoint. */
    static byte[] write(Checkpoint checkpoint) {
        SortedMap<String, NpyArray> arrays = arrays(checkpoint);
        NpzBuilder archive = new NpzBuilder();
        ObjectNode meta = JSON.valueToTree(checkpoint.meta());
        ObjectNode digests = meta.putObject(SHA256);
        arrays.forEach((name, array) -> {
            archive.add(name, array);
            digests.put(name, NpyCodec.sha256(array));
        });
        try {
            archive.addBytes(META, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(meta));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the description of a checkpoint is no JSON", e);
        }
        return archive.toBytes();
    }

    /** Reads and verifies a checkpoint. */
    static Checkpoint read(Path path) {
        try (NpzFile file = NpzFile.open(path)) {
            JsonNode tree = meta(file, path);
            CheckpointMeta meta = JSON.treeToValue(tree, CheckpointMeta.class);
            SortedMap<String, NpyArray> arrays = verified(file, tree.path(SHA256), path);
            return new Reader(path, arrays, meta).checkpoint();
        } catch (JsonProcessingException e) {
            throw foreign(path, e.getOriginalMessage(), e);
        }
    }

    private static SortedMap<String, NpyArray> arrays(Checkpoint c) {
        SortedMap<String, NpyArray> arrays = new TreeMap<>();
        for (int i = 0; i < c.weights().length; i++) {
            int columns = c.bump()[i].length;
            int rows = columns == 0 ? 0 : c.weights()[i].length / columns;
            arrays.put("layers/" + i + "/weight", NpyArray.of(c.weights()[i], rows, columns));
            if (c.chipWeights() != null) {
                arrays.put("layers/" + i + "/weight_chip", NpyArray.of(c.chipWeights()[i], rows, columns));
            }
            if (!c.rows().isEmpty()) {
                int[] copies = c.rows().get(i).copies();
                arrays.put(copies(i), NpyArray.of(copies, copies.length));
                arrays.put(circuits(i), NpyArray.of(new int[] {c.rows().get(i).circuits()}));
            }
            arrays.put("optimizer/" + i + "/m", NpyArray.of(c.firstMoments()[i], rows, columns));
            arrays.put("optimizer/" + i + "/v", NpyArray.of(c.secondMoments()[i], rows, columns));
            arrays.put("bump/" + i, NpyArray.of(c.bump()[i], columns));
        }
        arrays.put("optimizer/step", NpyArray.of(new long[] {c.optimizerStep()}));
        arrays.put("order", NpyArray.of(c.order(), c.order().length));
        c.streams().forEach((name, state) -> arrays.put("rng/" + name, NpyArray.ofUnsigned(state, state.length)));
        c.history().forEach((name, values) -> arrays.put("history/" + name, NpyArray.of(values, values.length)));
        return arrays;
    }

    private static String copies(int layer) {
        return "layers/" + layer + "/row_copies";
    }

    private static String circuits(int layer) {
        return "layers/" + layer + "/neuron_size";
    }

    private static JsonNode meta(NpzFile file, Path path) {
        JsonNode tree;
        try {
            tree = JSON.readTree(file.bytes(META));
        } catch (FormatException | IOException e) {
            throw foreign(path, e.getMessage(), e);
        }
        String schema = tree.path("schema").asText();
        if (!schema.equals(CheckpointMeta.SCHEMA)) {
            if (schema.startsWith(SCHEMA_NAME)) {
                throw new FormatException(
                        FormatException.Code.UNSUPPORTED_VERSION,
                        path.toString(),
                        "written as " + schema,
                        "this program reads " + CheckpointMeta.SCHEMA,
                        "use the program that wrote it, or a newer one");
            }
            throw foreign(path, "schema '" + schema + "'", null);
        }
        return tree;
    }

    private static SortedMap<String, NpyArray> verified(NpzFile file, JsonNode digests, Path path) {
        SortedSet<String> named = new TreeSet<>();
        digests.fieldNames().forEachRemaining(named::add);
        if (!named.equals(file.arrays())) {
            throw new FormatException(
                    FormatException.Code.CHECKSUM_MISMATCH,
                    path.toString(),
                    "arrays " + file.arrays(),
                    "arrays " + named + " as " + META + " names them",
                    "copy the file again or take an earlier checkpoint");
        }
        named.forEach(name -> refuseShape(file, name, path));
        SortedMap<String, NpyArray> arrays = new TreeMap<>();
        for (String name : named) {
            NpyArray array = file.array(name);
            String digest = NpyCodec.sha256(array);
            if (!digest.equals(digests.path(name).asText())) {
                throw new FormatException(
                        FormatException.Code.CHECKSUM_MISMATCH,
                        path + "!" + name,
                        digest,
                        digests.path(name).asText(),
                        "copy the file again or take an earlier checkpoint");
            }
            arrays.put(name, array);
        }
        return arrays;
    }

    /** Compares the headers of arrays that belong together, before any of them is unpacked. */
    private static void refuseShape(NpzFile file, String name, Path path) {
        int[] shape = file.shape(name);
        Matcher layer = OF_LAYER.matcher(name);
        int[] wanted = shape;
        if (name.startsWith("rng/")) {
            wanted = new int[] {RandomStream.STATE_WORDS};
        } else if (layer.matches()) {
            String weight = "layers/" + (layer.group(1) == null ? layer.group(2) : layer.group(1)) + "/weight";
            int[] weights = file.has(weight) ? file.shape(weight) : shape;
            wanted = name.startsWith("bump/") && weights.length == 2 ? new int[] {weights[1]} : weights;
        }
        if (!Arrays.equals(shape, wanted)) {
            throw foreign(
                    path, name + " has shape " + Arrays.toString(shape) + ", not " + Arrays.toString(wanted), null);
        }
    }

    static FormatException foreign(Path path, String what, Exception cause) {
        return new FormatException(
                FormatException.Code.MALFORMED_HEADER,
                path.toString(),
                String.valueOf(what),
                "a checkpoint of this program",
                "name a file of a run's folder of checkpoints",
                cause);
    }

    /** Takes verified arrays apart. */
    private record Reader(Path path, SortedMap<String, NpyArray> arrays, CheckpointMeta meta) {
        Checkpoint checkpoint() {
            int layers = meta.layerNames().size();
            double[][] weights = new double[layers][];
            double[][] first = new double[layers][];
            double[][] second = new double[layers][];
            double[][] bump = new double[layers][];
            short[][] chip = arrays.containsKey("layers/0/weight_chip") ? new short[layers][] : null;
            for (int i = 0; i < layers; i++) {
                weights[i] = array("layers/" + i + "/weight").doubles();
                first[i] = array("optimizer/" + i + "/m").doubles();
                second[i] = array("optimizer/" + i + "/v").doubles();
                bump[i] = array("bump/" + i).doubles();
                if (chip != null) {
                    chip[i] = shorts(array("layers/" + i + "/weight_chip").longs());
                }
            }
            List<LayerRows> rows = arrays.containsKey(copies(0)) ? rows(layers) : List.of();
            SortedMap<String, long[]> streams = new TreeMap<>();
            SortedMap<String, double[]> history = new TreeMap<>();
            arrays.forEach((name, array) -> {
                if (name.startsWith("rng/")) {
                    streams.put(name.substring("rng/".length()), array.rawLongs());
                } else if (name.startsWith("history/")) {
                    history.put(name.substring("history/".length()), array.doubles());
                }
            });
            long step = scalar("optimizer/step");
            int[] order = integers("order");
            return new Checkpoint(meta, weights, chip, rows, first, second, step, streams, history, bump, order);
        }

        private List<LayerRows> rows(int layers) {
            List<LayerRows> rows = new ArrayList<>();
            for (int i = 0; i < layers; i++) {
                try {
                    rows.add(new LayerRows(Math.toIntExact(scalar(circuits(i))), integers(copies(i))));
                } catch (IllegalArgumentException | ArithmeticException e) {
                    throw foreign(path, copies(i) + ": " + e.getMessage(), e);
                }
            }
            return rows;
        }

        private long scalar(String name) {
            long[] value = array(name).longs();
            if (value.length != 1) {
                throw foreign(path, name + " has " + value.length + " elements", null);
            }
            return value[0];
        }

        private int[] integers(String name) {
            return Arrays.stream(array(name).longs()).mapToInt(Math::toIntExact).toArray();
        }

        private NpyArray array(String name) {
            NpyArray array = arrays.get(name);
            if (array == null) {
                throw foreign(path, "no array " + name, null);
            }
            return array;
        }

        private static short[] shorts(long[] values) {
            short[] out = new short[values.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = (short) values[i];
            }
            return out;
        }
    }
}
