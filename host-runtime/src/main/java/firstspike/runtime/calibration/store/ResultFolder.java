package firstspike.runtime.calibration.store;

import static firstspike.runtime.error.CalibrationException.Code.CORRUPT_CALIBRATION;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import firstspike.driver.error.ErrorDetail;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.ResultArrays;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.HostException;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.exchange.AtomicFile;
import firstspike.runtime.exchange.NpyArray;
import firstspike.runtime.exchange.NpzBuilder;
import firstspike.runtime.exchange.NpzFile;
import firstspike.runtime.recording.JsonText;
import firstspike.runtime.recording.JsonTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One stored result: {@code calibration.json}, {@code cells.npz}, {@code neurons.csv} and what else was attached. The
 * manifest has the SHA-256 of every file, its own included: of the manifest without that entry, as one line.
 */
final class ResultFolder {

    static final String MANIFEST = "calibration.json";
    static final String CELLS = "cells.npz";
    static final String NEURONS = "neurons.csv";
    static final Set<String> OWN = Set.of(MANIFEST, CELLS, NEURONS);

    private static final String SHA256 = "sha256";
    private static final String SCHEMA_NAME = "firstspike.calibration/";
    private static final long LARGEST = 64L << 20;
    private static final String REMEDY = "copy the folder again, or calibrate anew with 'firstspike calibrate run'";

    private ResultFolder() {}

    /** The files of a result by their names. */
    static SortedMap<String, byte[]> files(CalibrationResult result, List<Attachment> attachments) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        NpzBuilder cells = new NpzBuilder();
        ResultArrays.of(result).forEach(cells::add);
        files.put(CELLS, cells.toBytes());
        files.put(NEURONS, NeuronTable.of(result).getBytes(StandardCharsets.UTF_8));
        attachments.forEach(attachment -> files.put(attachment.name(), attachment.content()));
        Map<String, Object> manifest = Manifest.of(result);
        Map<String, Object> digests = new LinkedHashMap<>();
        files.forEach((name, content) -> digests.put(name, sha256(content)));
        manifest.put(SHA256, digests);
        Map<String, Object> sealed = new LinkedHashMap<>();
        sealed.put(MANIFEST, seal(manifest));
        sealed.putAll(digests);
        manifest.put(SHA256, sealed);
        files.put(MANIFEST, JsonText.pretty(manifest).getBytes(StandardCharsets.UTF_8));
        return files;
    }

    /** Writes files into a folder that is there. */
    static void write(Path folder, SortedMap<String, byte[]> files) {
        files.forEach((name, content) -> AtomicFile.replace(folder.resolve(name), content));
    }

    /**
     * The files of a stored result by their names, each checked against its hash.
     *
     * @throws CalibrationException for what does not match
     * @throws FormatException for a manifest of a newer version
     * @throws StorageException when there is no such folder
     */
    static SortedMap<String, byte[]> verified(Path folder) {
        byte[] manifest = bytes(folder.resolve(MANIFEST));
        SortedMap<String, byte[]> files = new TreeMap<>();
        digests(tree(manifest, folder), folder).forEach((name, digest) -> {
            if (!name.equals(MANIFEST)) {
                files.put(name, bytes(folder.resolve(name)));
            }
        });
        files.put(MANIFEST, manifest);
        check(files, folder);
        return files;
    }

    /** Checks files against the hashes of their manifest. */
    static void check(SortedMap<String, byte[]> files, Path source) {
        JsonNode tree = tree(files.get(MANIFEST), source);
        SortedMap<String, String> digests = digests(tree, source);
        digests.forEach((name, digest) -> {
            byte[] content = files.get(name);
            if (content == null) {
                throw corrupt(source, name + " is missing", "every file of its manifest", null);
            }
            String found = name.equals(MANIFEST) ? seal(unsealed(tree)) : sha256(content);
            if (!found.equals(digest)) {
                throw corrupt(source, name + " has SHA-256 " + found, digest + " as its manifest says", null);
            }
        });
        for (String own : OWN) {
            if (!digests.containsKey(own)) {
                throw corrupt(source, "no hash of " + own, "one for every file", null);
            }
        }
    }

    /** Names of the files that a manifest lists, none of them leading elsewhere. */
    static SortedMap<String, String> digests(JsonNode tree, Path source) {
        SortedMap<String, String> digests = new TreeMap<>();
        tree.path(SHA256).properties().forEach(entry -> {
            if (!Attachment.isName(entry.getKey())) {
                throw corrupt(source, "file name '" + entry.getKey() + "'", "[A-Za-z0-9_.-] in this folder", null);
            }
            digests.put(entry.getKey(), entry.getValue().asText());
        });
        return digests;
    }

    /** The result in files that were checked. */
    static CalibrationResult parse(SortedMap<String, byte[]> files, Path folder) {
        JsonNode tree = tree(files.get(MANIFEST), folder);
        CalibrationResult result;
        try (NpzFile cells = NpzFile.open(folder.resolve(CELLS))) {
            SortedMap<String, NpyArray> arrays = new TreeMap<>();
            cells.arrays().forEach(name -> arrays.put(name, cells.array(name)));
            result = new ManifestReader(tree).result(arrays);
        } catch (HostException e) {
            throw corrupt(folder, e.getMessage(), "readable arrays", e);
        } catch (RuntimeException e) {
            throw corrupt(folder, String.valueOf(e.getMessage()), "what this program writes", e);
        }
        if (!result.id().value().equals(tree.path("id").asText())) {
            throw corrupt(
                    folder,
                    "arrays of " + result.id(),
                    "those of " + tree.path("id").asText(),
                    null);
        }
        return result;
    }

    /** The manifest of a stored result, as it was written. */
    static JsonNode tree(byte[] manifest, Path source) {
        JsonNode tree;
        try {
            tree = JsonTree.parse(new String(manifest, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw corrupt(source, MANIFEST + ": " + e.getOriginalMessage(), "JSON", e);
        }
        String schema = tree.path("schema").asText();
        if (!schema.equals(Manifest.SCHEMA)) {
            if (schema.matches(SCHEMA_NAME + "[0-9]{1,9}")) {
                throw new FormatException(
                        FormatException.Code.UNSUPPORTED_VERSION,
                        source.resolve(MANIFEST).toString(),
                        "written as " + schema,
                        "this program reads " + Manifest.SCHEMA,
                        "use the program that wrote it, or a newer one");
            }
            throw corrupt(source, "schema '" + schema + "'", Manifest.SCHEMA, null);
        }
        return tree;
    }

    static CalibrationException corrupt(Path folder, Object value, Object limit, Throwable cause) {
        return new CalibrationException(
                CORRUPT_CALIBRATION, ErrorDetail.of("calibration " + folder, value, limit, REMEDY), cause);
    }

    private static Map<String, Object> unsealed(JsonNode tree) {
        Map<String, Object> manifest = new LinkedHashMap<>();
        tree.properties().forEach(field -> manifest.put(field.getKey(), JsonTree.toTree(field.getValue())));
        Map<String, Object> digests = new LinkedHashMap<>();
        tree.path(SHA256).properties().forEach(entry -> {
            if (!entry.getKey().equals(MANIFEST)) {
                digests.put(entry.getKey(), entry.getValue().asText());
            }
        });
        manifest.put(SHA256, digests);
        return manifest;
    }

    private static String seal(Map<String, Object> manifest) {
        return sha256(JsonText.compact(manifest).getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: missing (limit: every Java has it)", e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) > LARGEST) {
                throw corrupt(
                        file.getParent(), file.getFileName() + " has " + Files.size(file) + " bytes", LARGEST, null);
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new NoSuchFileException(file.toString());
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw corrupt(file.getParent(), file.getFileName() + " is missing", "every file of its manifest", e);
        } catch (IOException e) {
            throw new StorageException(
                    StorageException.Code.STORAGE_DENIED,
                    ErrorDetail.of(file.toString(), "cannot be read: " + e.getMessage(), "", "check its permissions"),
                    e);
        }
    }
}
