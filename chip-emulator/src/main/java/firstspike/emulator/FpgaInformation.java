package firstspike.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import firstspike.driver.link.ChipDescription;
import java.util.LinkedHashMap;
import java.util.Map;

/** The information text with which an emulated FPGA opens a session: YAML that says what stands behind it (wire.md 17, D28). */
final class FpgaInformation {

    /** Of the bitfile that the FPGA stands for. */
    private static final int VERSION = 1;
    /** Newest software generation that it fits: the present one of the vendor's host software. */
    private static final int COMPATIBLE_UNTIL = 2;

    private FpgaInformation() {}

    /** Text for the chip behind the FPGA. */
    static String text(ChipDescription chip) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("target", chip.target());
        facts.put("chip_id", chip.chipId().value());
        facts.put("fidelity", chip.fidelity());
        facts.put("needs_calibration", chip.needsCalibration());
        chip.inputLatencyTicks().ifPresent(ticks -> facts.put("latency_input_ticks", ticks));
        chip.outputLatencyTicks().ifPresent(ticks -> facts.put("latency_output_ticks", ticks));
        facts.put("software", chip.softwareVersion());
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("version", VERSION);
        text.put("compatible_until", COMPATIBLE_UNTIL);
        text.put("firstspike", facts);
        try {
            return YAMLMapper.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .build()
                    .writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of plain values is always YAML", e);
        }
    }
}
