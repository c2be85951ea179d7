package firstspike.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import firstspike.driver.link.TargetUri;
import firstspike.driver.link.UnknownTargetException;
import firstspike.emulator.digital.ChipTiming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a file of timing values under the names of playback.md 4.9; what it leaves out keeps the reference value. */
final class TimingFile {

    private static final long LARGEST = 1 << 16;
    private static final int LARGEST_VALUE = 1 << 24;

    private TimingFile() {}

    static ChipTiming read(TargetUri uri, Path file) {
        Map<String, Integer> values = reference();
        try {
            if (Files.size(file) > LARGEST) {
                throw refused(uri, file, Files.size(file) + " bytes", LARGEST + " bytes");
            }
            JsonNode root = new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
            for (Map.Entry<String, JsonNode> field : root.properties()) {
                JsonNode value = field.getValue();
                if (!values.containsKey(field.getKey())) {
                    throw refused(uri, file, field.getKey(), "names " + String.join(", ", values.keySet()));
                }
                if (!value.isInt() || value.asInt() < 0 || value.asInt() > LARGEST_VALUE) {
                    throw refused(uri, file, field.getKey() + " " + value, "integers 0 to " + LARGEST_VALUE);
                }
                values.put(field.getKey(), value.asInt());
            }
        } catch (JsonProcessingException e) {
            throw refused(uri, file, "no YAML: " + e.getOriginalMessage(), "a map of names to integers");
        } catch (IOException e) {
            throw refused(uri, file, "cannot be read: " + e.getMessage(), "a readable file");
        }
        return timing(values);
    }

    private static Map<String, Integer> reference() {
        ChipTiming r = ChipTiming.reference();
        Map<String, Integer> values = new LinkedHashMap<>();
        values.put("L_DOWN", r.down());
        values.put("XBAR", r.crossbar());
        values.put("PADI", r.padi());
        values.put("L_UP", r.up());
        values.put("OB_FPGA_ACCESS", r.fpgaAccess());
        values.put("OB_FPGA_DONE", r.fpgaDone());
        values.put("OB_CHIP_ACCESS", r.chipAccess());
        values.put("OB_CHIP_DONE", r.chipDone());
        values.put("OB_CHIP_INTERVAL", r.chipInterval());
        values.put("SYNC", r.sync());
        values.put("LOOPBACK", r.loopback());
        values.put("LINK_UP", r.linkUp());
        values.put("OMNIBUS_UP", r.omnibusUp());
        values.put("TRACE_QUEUE", r.traceQueue());
        values.put("NODE_FIFO", r.nodeFifo());
        values.put("CHANNEL_FIFO", r.channelFifo());
        values.put("ARB_IDLE", r.arbiterIdle());
        values.put("PROGRAM_GAP", r.programGap());
        return values;
    }

    private static ChipTiming timing(Map<String, Integer> values) {
        return new ChipTiming(
                values.get("L_DOWN"),
                values.get("XBAR"),
                values.get("PADI"),
                values.get("L_UP"),
                values.get("OB_FPGA_ACCESS"),
                values.get("OB_FPGA_DONE"),
                values.get("OB_CHIP_ACCESS"),
                values.get("OB_CHIP_DONE"),
                values.get("OB_CHIP_INTERVAL"),
                values.get("SYNC"),
                values.get("LOOPBACK"),
                values.get("LINK_UP"),
                values.get("OMNIBUS_UP"),
                values.get("TRACE_QUEUE"),
                values.get("NODE_FIFO"),
                values.get("CHANNEL_FIFO"),
                values.get("ARB_IDLE"),
                values.get("PROGRAM_GAP"));
    }

    private static UnknownTargetException refused(TargetUri uri, Path file, Object value, Object limit) {
        return new UnknownTargetException(
                "timing file " + file + " of target '" + uri.text() + "': " + value + " (limit: " + limit + "); correct the file");
    }
}
