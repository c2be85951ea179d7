package firstspike.driver.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.vectors.VectorFiles;
import firstspike.driver.vectors.VectorMessages;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class AnnotateVectorTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    @DisplayName("W030 vectors annotate")
    Stream<DynamicTest> vectors() {
        List<DynamicTest> tests = StreamSupport.stream(
                        VectorFiles.read("wire.json").get("vectors").spliterator(), false)
                .filter(vector -> vector.get("group").asText().equals("annotate"))
                .map(vector -> DynamicTest.dynamicTest(vector.get("id").asText(), () -> assertThat(
                                JSON.readTree(annotate(vector.get("in")).toString()))
                        .isEqualTo(vector.get("out"))))
                .toList();
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    private static ObjectNode annotate(JsonNode in) {
        ResultAssembler assembler = new ResultAssembler();
        VectorMessages.allFromFpga(in.get("messages")).forEach(message -> message.sendTo(assembler));
        RunResult result = result(assembler);
        ObjectNode out = JSON.createObjectNode();
        ArrayNode spikes = out.putArray("spikes");
        for (int i = 0; i < result.spikes().size(); i++) {
            spikes.addObject()
                    .put("label", result.spikes().label(i))
                    .put("chipTime", result.spikes().chipTime(i))
                    .put("fpgaTime", result.spikes().fpgaTime(i));
        }
        ArrayNode madc = out.putArray("madc");
        for (int i = 0; i < result.samples().size(); i++) {
            madc.addObject()
                    .put("value", result.samples().value(i))
                    .put("channel", result.samples().channel(i))
                    .put("chipTime", result.samples().chipTime(i))
                    .put("fpgaTime", result.samples().fpgaTime(i));
        }
        ArrayNode links = out.putArray("linkNotifications");
        result.notifications()
                .forEach(each -> links.addObject().put("value", each.bits()).put("fpgaTime", each.fpgaTime()));
        ArrayNode timeouts = out.putArray("timeouts");
        assembler.timeouts().forEach(each -> timeouts.addObject()
                .put("value", each.index())
                .put("traceStall", each.traceStall())
                .put("omnibusReads", each.omnibusReads())
                .put("fpgaTime", each.fpgaTime()));
        responses(out.putArray("jtag"), result, ResponseKind.JTAG);
        responses(out.putArray("omnibus"), result, ResponseKind.OMNIBUS);
        responses(out.putArray("loopback"), result, ResponseKind.LOOPBACK);
        ArrayNode spikePacks = out.putArray("spikePackCounts");
        ArrayNode madcPacks = out.putArray("madcPackCounts");
        for (int n = 1; n <= 3; n++) {
            spikePacks.add(assembler.packs(n));
            madcPacks.add(assembler.samplePacks(n));
        }
        return out.put("error", assembler.failure().map(e -> e.code().name()).orElse(null));
    }

    private static void responses(ArrayNode array, RunResult result, ResponseKind kind) {
        for (int i = 0; i < result.responses(kind); i++) {
            array.addObject().put("value", result.values(kind)[i]).put("fpgaTime", result.times(kind)[i]);
        }
    }

    private static RunResult result(ResultAssembler assembler) {
        RunResult.Builder builder = RunResult.builder();
        assembler.fill(builder);
        return builder.build();
    }
}
