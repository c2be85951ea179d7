package firstspike.emulator.analog;

import static firstspike.driver.error.UnsupportedOnTargetException.Code.INVALID_CHIP_MODEL;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.UnsupportedOnTargetException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A chip model read from a file (formats.md 6.1): other values of named defaults, and an array for each quantity of the
 * fixed pattern that was measured. What a file does not say is nominal. Immutable; its arrays are not to be changed.
 */
public final class FittedChip {
    private static final String SCHEMA = "firstspike.chip-model/1";
    private static final String META = "meta.json";
    private static final String FOLDER = "pattern/";
    private static final String ENDING = ".npy";
    private static final String DEAD = "dead";
    private static final long LARGEST_FILE = 32L << 20;
    private static final int LARGEST_META = 1 << 16;

    private static final int[] BY_CIRCUIT = {FixedPattern.CIRCUITS};
    private static final int[] BY_CHANNEL = {2, FixedPattern.CHANNELS / 2};
    private static final int[] BY_SYNAPSE = {2, 256, 256};
    private static final Map<String, int[]> OFFSETS = Map.of(
            "v_leak_offset", BY_CIRCUIT,
            "v_reset_offset", BY_CIRCUIT,
            "v_threshold_offset", BY_CIRCUIT,
            "synin_offset_exc", BY_CIRCUIT,
            "synin_offset_inh", BY_CIRCUIT,
            "cadc_offset", BY_CHANNEL);
    private static final Map<String, int[]> FACTORS = Map.ofEntries(
            Map.entry("v_leak_slope", BY_CIRCUIT),
            Map.entry("v_reset_slope", BY_CIRCUIT),
            Map.entry("v_threshold_slope", BY_CIRCUIT),
            Map.entry("g_leak", BY_CIRCUIT),
            Map.entry("capacitance", BY_CIRCUIT),
            Map.entry("capacitance_intrinsic", BY_CIRCUIT),
            Map.entry("tau_syn_exc", BY_CIRCUIT),
            Map.entry("tau_syn_inh", BY_CIRCUIT),
            Map.entry("gm_exc", BY_CIRCUIT),
            Map.entry("gm_inh", BY_CIRCUIT),
            Map.entry("mem_offset", BY_CIRCUIT),
            Map.entry("exponential", BY_CIRCUIT),
            Map.entry("adaptation_tau", BY_CIRCUIT),
            Map.entry("adaptation_a", BY_CIRCUIT),
            Map.entry("adaptation_b", BY_CIRCUIT),
            Map.entry("adaptation_v", BY_CIRCUIT),
            Map.entry("synapse_dac", new int[] {FixedPattern.QUADRANTS}),
            Map.entry("cadc_gain", BY_CHANNEL),
            Map.entry("synapse_weight", BY_SYNAPSE),
            Map.entry("correlation_amplitude_causal", BY_SYNAPSE),
            Map.entry("correlation_amplitude_acausal", BY_SYNAPSE),
            Map.entry("correlation_tau_causal", BY_SYNAPSE),
            Map.entry("correlation_tau_acausal", BY_SYNAPSE));

    private final String sha256;
    private final Optional<String> calibration;
    private final AnalogDefaults defaults;
    private final Map<String, double[]> pattern;

    private FittedChip(
            String sha256, Optional<String> calibration, AnalogDefaults defaults, Map<String, double[]> pattern) {
        this.sha256 = sha256;
        this.calibration = calibration;
        this.defaults = defaults;
        this.pattern = pattern;
    }

    /**
     * Reads a chip model.
     *
     * @param file path of an npz of at most 32 MiB
     * @throws UnsupportedOnTargetException naming file, member, element and value, when it cannot be read or is none
     */
    public static FittedChip read(Path file) {
        try {
            long size = Files.size(file);
            if (size > LARGEST_FILE) {
                throw new UnsupportedOnTargetException(
                        INVALID_CHIP_MODEL,
                        "chip model " + file,
                        size + " bytes",
                        LARGEST_FILE,
                        "give a file that targets fit wrote");
            }
            return of(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UnsupportedOnTargetException(
                    INVALID_CHIP_MODEL,
                    ErrorDetail.of("chip model " + file, e.getMessage(), "a file that can be read", "correct the path"),
                    e);
        }
    }

    static FittedChip of(String name, byte[] bytes) {
        JsonNode meta = null;
        Map<String, double[]> pattern = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String member = entry.getName();
                if (member.equals(META)) {
                    refuseTwice(meta != null, name, member);
                    meta = meta(name, content(zip, LARGEST_META, name, member));
                } else {
                    String quantity = quantity(name, member);
                    refuseTwice(pattern.containsKey(quantity), name, member);
                    byte[] content = content(zip, NpyMember.largest(elements(shape(quantity))), name, member);
                    pattern.put(quantity, values(name, quantity, content));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new UnsupportedOnTargetException(
                    INVALID_CHIP_MODEL,
                    ErrorDetail.of("chip model " + name, e.getMessage(), "an npz archive", "write it anew"),
                    e);
        }
        if (meta == null) {
            throw new UnsupportedOnTargetException(
                    INVALID_CHIP_MODEL,
                    "chip model " + name,
                    "no member " + META,
                    "schema " + SCHEMA,
                    "give a file that targets fit wrote");
        }
        return new FittedChip(sha256(bytes), calibration(name, meta), defaults(name, meta), Map.copyOf(pattern));
    }

    private static void refuseTwice(boolean seen, String name, String member) {
        if (seen) {
            throw new UnsupportedOnTargetException(
                    INVALID_CHIP_MODEL,
                    "chip model " + name + ", member " + member,
                    "twice",
                    "once",
                    "remove one of them");
        }
    }

    private static String quantity(String name, String member) {
        if (member.startsWith(FOLDER) && member.endsWith(ENDING)) {
            String quantity = member.substring(FOLDER.length(), member.length() - ENDING.length());
            if (shape(quantity) != null) {
                return quantity;
            }
        }
        throw new UnsupportedOnTargetException(
                INVALID_CHIP_MODEL,
                "chip model " + name + ", member",
                member.length() > 80 ? member.substring(0, 80) + "…" : member,
                "the names of formats.md 6.1",
                "remove it");
    }

    private static int[] shape(String quantity) {
        return quantity.equals(DEAD) ? BY_CIRCUIT : OFFSETS.getOrDefault(quantity, FACTORS.get(quantity));
    }

    private static int elements(int[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    private static byte[] content(ZipInputStream zip, int limit, String name, String member) throws IOException {
        byte[] content = zip.readNBytes(limit + 1);
        if (content.length > limit) {
            throw new UnsupportedOnTargetException(
                    INVALID_CHIP_MODEL,
                    "chip model " + name + ", member " + member,
                    "more than " + limit + " bytes",
                    limit,
                    "give a file that targets fit wrote");
        }
        return content;
    }

    private static double[] values(String name, String quantity, byte[] content) {
        String thing = "chip model " + name + ", member " + FOLDER + quantity;
        NpyMember member;
        try {
            member = NpyMember.of(content);
        } catch (IllegalArgumentException e) {
            throw new UnsupportedOnTargetException(
                    INVALID_CHIP_MODEL,
                    ErrorDetail.of(thing, e.getMessage(), "an npy array", "write the file anew"),
                    e);
        }
        String kind = quantity.equals(DEAD) ? "|b1" : "<f8";
        if (!member.kind.equals(kind) || !Arrays.equals(member.shape, shape(quantity))) {
            throw new UnsupportedOnTargetException(
                    INVALID_CHIP_MODEL,
                    thing,
                    member.kind + " " + Arrays.toString(member.shape),
                    kind + " " + Arrays.toString(shape(quantity)),
                    "write the file anew");
        }
        boolean factor = FACTORS.containsKey(quantity);
        for (int i = 0; i < member.values.length; i++) {
            double value = member.values[i];
            if (!Double.isFinite(value) || factor && value <= 0) {
                throw new UnsupportedOnTargetException(
                        INVALID_CHIP_MODEL,
                        thing + ", element " + i,
                        value,
                        factor ? "finite and above 0" : "finite",
                        "measure it anew, or leave it nominal");
            }
        }
        return member.values;
    }

    private static JsonNode meta(String name, byte[] json) throws IOException {
        ObjectMapper mapper = JsonMapper.builder()
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .build();
        JsonNode meta = mapper.readTree(json);
        String schema = meta == null ? "" : meta.path("schema").asText();
        if (!schema.equals(SCHEMA)) {
            throw new UnsupportedOnTargetException(
                    INVALID_CHIP_MODEL,
                    "chip model " + name + ", schema",
                    schema,
                    SCHEMA,
                    "use a version of this program that knows it");
        }
        return meta;
    }

    private static Optional<String> calibration(String name, JsonNode meta) {
        JsonNode id = meta.path("calibration_id");
        if (id.isMissingNode() || id.isNull()) {
            return Optional.empty();
        }
        if (!id.asText().matches("[A-Za-z0-9-]{1,64}")) {
            throw new UnsupportedOnTargetException(
                    INVALID_CHIP_MODEL,
                    "chip model " + name + ", calibration_id",
                    id.asText().length() > 80 ? id.asText().substring(0, 80) + "…" : id.asText(),
                    "null, or the id of a calibration",
                    "correct or remove it");
        }
        return Optional.of(id.asText());
    }

    private static AnalogDefaults defaults(String name, JsonNode meta) {
        AnalogOverrides overrides = new AnalogOverrides("chip model " + name + ", defaults");
        for (Map.Entry<String, JsonNode> field : meta.path("defaults").properties()) {
            overrides.put(field.getKey(), field.getValue());
        }
        return overrides.applied();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java runtime; every runtime must have it", e);
        }
    }

    /** SHA-256 of the file, 64 hexadecimal digits: what the identity of the chip is made of. */
    public String sha256() {
        return sha256;
    }

    /** Id of the calibration that it was fitted to, which is one of this chip too (formats.md 6.1). */
    public Optional<String> calibration() {
        return calibration;
    }

    AnalogDefaults defaults() {
        return defaults;
    }

    /** Values of a quantity; a fill value for all elements where the file has none. */
    double[] values(String quantity, double nominal) {
        double[] found = pattern.get(quantity);
        if (found == null) {
            found = new double[elements(shape(quantity))];
            Arrays.fill(found, nominal);
        }
        return found;
    }

    /** Values by synapse, or null where all are nominal. */
    double[] bySynapse(String quantity) {
        return pattern.get(quantity);
    }

    boolean[] dead() {
        double[] values = values(DEAD, 0);
        boolean[] dead = new boolean[values.length];
        for (int i = 0; i < dead.length; i++) {
            dead[i] = values[i] != 0;
        }
        return dead;
    }
}
