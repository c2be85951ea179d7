package firstspike.runtime.calibration.store;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.driver.link.ChipId;
import firstspike.runtime.calibration.result.BadNeuron;
import firstspike.runtime.calibration.result.BadReason;
import firstspike.runtime.calibration.result.CalibrationId;
import firstspike.runtime.calibration.result.CalibrationKind;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.CalibrationStatus;
import firstspike.runtime.calibration.result.ChipIdentity;
import firstspike.runtime.calibration.result.Effort;
import firstspike.runtime.calibration.result.StepRecord;
import firstspike.runtime.calibration.result.Verification;
import firstspike.runtime.calibration.target.NeuronValues;
import firstspike.runtime.calibration.target.StrengthTarget;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.calibration.target.TargetStep;
import firstspike.runtime.exchange.NpyArray;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes a result of a manifest and arrays; throws unchecked exceptions of the JDK for whatever no result has. */
final class ManifestReader {

    private final JsonNode tree;

    ManifestReader(JsonNode tree) {
        this.tree = tree;
    }

    CalibrationResult result(SortedMap<String, NpyArray> arrays) {
        CalibrationResult.Builder result = CalibrationResult.builder(chip(), targets())
                .kind(CalibrationKind.of(text("kind")))
                .status(CalibrationStatus.of(text("status")))
                .time(Instant.parse(text("created")), required("duration_s").asDouble())
                .madeBy(text("product"), required("seed").asLong());
        optional("parent").ifPresent(parent -> result.parent(new CalibrationId(parent.asText())));
        optional("temperature_c").ifPresent(value -> result.temperatureC(value.asDouble()));
        required("options")
                .properties()
                .forEach(option ->
                        result.option(option.getKey(), option.getValue().asText()));
        required("warnings").forEach(warning -> result.warning(warning.asText()));
        required("success")
                .path("bad")
                .forEach(bad -> result.bad(new BadNeuron(
                        bad.path("neuron").asInt(-1),
                        bad.path("quantity").asText(),
                        BadReason.of(bad.path("reason").asText()))));
        required("steps")
                .forEach(step -> result.step(new StepRecord(
                        step.path("name").asText(),
                        step.path("duration_s").asDouble(),
                        step.path("iterations").asInt(),
                        step.path("settled").asInt())));
        optional("verified")
                .ifPresent(verified -> result.verified(new Verification(
                        Instant.parse(verified.path("time").asText()),
                        verified.path("passed").asBoolean(),
                        verified.path("worst").asText())));
        result.effort(effort());
        ArrayReader read = new ArrayReader(arrays);
        read.codes(result);
        read.achieved(result);
        read.derived(result);
        return result.build();
    }

    private ChipIdentity chip() {
        return new ChipIdentity(
                new ChipId(text("chip_id")),
                text("target"),
                text("describe"),
                text("fidelity"),
                optional("bitfile").map(JsonNode::asText));
    }

    private TargetSet targets() {
        TargetSet set = TargetSet.spiking().named(text("target_set"));
        JsonNode targets = required("targets");
        for (TargetKey key : TargetKey.values()) {
            JsonNode value = targets.path(key.key()).path("value");
            if (value.isArray()) {
                double[] each = new double[value.size()];
                Arrays.setAll(each, n -> value.get(n).asDouble(Double.NaN));
                set = set.with(key, NeuronValues.each(each));
            } else if (value.isNumber()) {
                set = set.with(key, value.asDouble());
            } else if (key.step() == TargetStep.ALWAYS || !value.isMissingNode()) {
                throw new IllegalArgumentException("targets." + key.key() + ": no number (limit: 1 or 512 numbers)");
            }
        }
        String strength = targets.path(Manifest.STRENGTH).path("value").asText();
        return set.with(Arrays.stream(StrengthTarget.values())
                .filter(each -> each.label().equals(strength))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "targets." + Manifest.STRENGTH + ": '" + strength + "' (limit: a known kind)")));
    }

    private Effort effort() {
        JsonNode link = required("link");
        SortedMap<String, Long> counters = new TreeMap<>();
        link.path("counters")
                .properties()
                .forEach(counter ->
                        counters.put(counter.getKey(), counter.getValue().asLong()));
        return new Effort(link.path("programs").asLong(), link.path("chip_s").asDouble(), counters);
    }

    private String text(String key) {
        return required(key).asText();
    }

    private JsonNode required(String key) {
        return optional(key)
                .orElseThrow(() -> new IllegalArgumentException("key " + key + ": missing (limit: every manifest)"));
    }

    private Optional<JsonNode> optional(String key) {
        JsonNode node = tree.path(key);
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node);
    }
}
