package firstspike.driver.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WireVectorGroupsTest {

    /** Run by {@code WireVectorTest}, {@code AnnotateVectorTest} and {@code HostArqVectorTest}. */
    private static final Set<String> RUN = Set.of(
            "msg_to_fpga",
            "msg_from_fpga",
            "stream_to_fpga",
            "stream_from_fpga",
            "decode_to_fpga",
            "decode_from_fpga",
            "access_sequence",
            "annotate",
            "frame_encode",
            "frame_decode",
            "packetize",
            "tx_window",
            "rx_window",
            "deliver",
            "handshake",
            "ack_timing",
            "limits");

    @Test
    @DisplayName("Every group of the wire vectors has a runner")
    void noGroupWithoutRunner() {
        JsonNode file = VectorFiles.read("wire.json");
        assertThat(file.get("schema").asText()).isEqualTo("firstspike-wire-vectors/1");
        Set<String> present = new TreeSet<>();
        file.get("vectors").forEach(vector -> present.add(vector.get("group").asText()));
        assertThat(present).isEqualTo(new TreeSet<>(RUN));
    }
}
