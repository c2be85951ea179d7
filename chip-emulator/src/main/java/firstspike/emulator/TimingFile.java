package firstspike.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import firstspike.driver.error.UnknownTargetException;
import firstspike.emulator.digital.ChipTiming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The file of the target option {@code timing}: other values for names of playback.md 4.9, one {@code NAME: ticks} a line. */
final class TimingFile {

    private static final long LARGEST_FILE = 1 << 16;
    private static final long LARGEST_QUEUE = 1 << 16;
    private static final long LARGEST_TICKS = 1 << 30;

    /** Names in the order of {@link ChipTiming}'s parameters. */
    private static final String[] NAMES = {
        "L_DOWN", "XBAR", "PADI", "L_UP", "OB_FPGA_ACCESS", "OB_FPGA_DONE", "OB_CHIP_ACCESS", "OB_CHIP_DONE",
        "OB_CHIP_INTERVAL", "SYNC", "LOOPBACK", "LINK_UP", "OMNIBUS_UP", "TRACE_QUEUE", "NODE_FIFO", "CHANNEL_FIFO",
        "ARB_IDLE", "PROGRAM_GAP"
    };

    private TimingFile() {}

    /**
     * Reads a file.
     *
     * @throws UnknownTargetException when it is missing, too large, or says what no timing has
     */
    static ChipTiming read(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new UnknownTargetException("option timing: " + file + " has " + Files.size(file)
                        + " bytes (limit: " + LARGEST_FILE + "); give a file of names and ticks");
            }
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new UnknownTargetException(
                    "option timing: " + file + " cannot be read (" + e.getMessage() + "); correct the path");
        }
    }

    static ChipTiming parse(String yaml, String source) {
        Map<String, Integer> values = new LinkedHashMap<>();
        ChipTiming reference = ChipTiming.reference();
        int[] defaults = {
            reference.down(),
            reference.crossbar(),
            reference.padi(),
            reference.up(),
            reference.fpgaAccess(),
            reference.fpgaDone(),
            reference.chipAccess(),
            reference.chipDone(),
            reference.chipInterval(),
            reference.sync(),
            reference.loopback(),
            reference.linkUp(),
            reference.omnibusUp(),
            reference.traceQueue(),
            reference.nodeFifo(),
            reference.channelFifo(),
            reference.arbiterIdle(),
            reference.programGap()
        };
        for (int i = 0; i < NAMES.length; i++) {
            values.put(NAMES[i], defaults[i]);
        }
        JsonNode tree = tree(yaml, source);
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            put(values, field.getKey(), field.getValue(), source);
        }
        int[] v = values.values().stream().mapToInt(Integer::intValue).toArray();
        return checked(
                new ChipTiming(
                        v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11], v[12], v[13], v[14],
                        v[15], v[16], v[17]),
                source);
    }

    private static JsonNode tree(String yaml, String source) {
        try {
            JsonNode tree = new YAMLMapper().readTree(yaml);
            if (tree == null || !tree.isObject()) {
                throw new UnknownTargetException(
                        "option timing: " + source + " is no list of names and ticks; write for example L_DOWN: 40");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new UnknownTargetException(
                    "option timing: " + source + " is no YAML (" + e.getOriginalMessage() + "); correct it");
        }
    }

    private static void put(Map<String, Integer> values, String name, JsonNode value, String source) {
        if (!values.containsKey(name)) {
            throw new UnknownTargetException("option timing: " + source + " has the name '" + name + "' (known: "
                    + String.join(", ", NAMES) + "); correct or remove it");
        }
        boolean depth = name.endsWith("_QUEUE") || name.endsWith("_FIFO");
        long limit = depth ? LARGEST_QUEUE : LARGEST_TICKS;
        long least = depth ? 1 : 0;
        if (!value.isIntegralNumber() || value.longValue() < least || value.longValue() > limit) {
            throw new UnknownTargetException("option timing: " + source + " gives " + name + " the value " + value
                    + " (limit: " + least + " to " + limit + "); write an integer in range");
        }
        values.put(name, value.intValue());
    }

    private static ChipTiming checked(ChipTiming timing, String source) {
        boolean ordered = timing.fpgaAccess() >= 1
                && timing.fpgaDone() > timing.fpgaAccess()
                && timing.chipAccess() >= 1
                && timing.chipDone() > timing.chipAccess()
                && timing.down() >= 1
                && timing.up() >= 1
                && timing.padi() >= 1
                && timing.sync() >= 1
                && timing.arbiterIdle() >= 1
                && timing.chipInterval() >= 1
                && timing.programGap() >= 2;
        if (!ordered) {
            throw new UnknownTargetException("option timing: " + source + " lets effects come before their causes"
                    + " (limit: L_DOWN, L_UP, PADI, SYNC, ARB_IDLE, OB_CHIP_INTERVAL and both ACCESS at least 1, DONE"
                    + " above ACCESS, PROGRAM_GAP at least 2); correct it");
        }
        return timing;
    }
}
