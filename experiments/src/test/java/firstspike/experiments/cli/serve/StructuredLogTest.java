package firstspike.experiments.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class StructuredLogTest {

    private static final Logger LOG = LoggerFactory.getLogger("firstspike.driver.Something");

    private static List<String> lines(boolean quiet) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StructuredLog log = StructuredLog.begin(new PrintStream(bytes, true, StandardCharsets.UTF_8), quiet);
        try (log) {
            LOG.info("session {} opened", "\"7\"\n");
            LOG.warn("lost", new IllegalStateException("gone"));
            LOG.debug("nobody reads this");
        }
        LOG.info("after the end");
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void eachEventIsAnObjectOnALineOfItsOwn() throws IOException {
        List<String> lines = lines(false);

        assertThat(lines).hasSize(2);
        JsonNode opened = JsonMapper.builder().build().readTree(lines.get(0));
        assertThat(opened.path("level").asText()).isEqualTo("INFO");
        assertThat(opened.path("logger").asText()).isEqualTo("firstspike.driver.Something");
        assertThat(opened.path("message").asText()).isEqualTo("session \"7\"\n opened");
        assertThat(opened.path("time").asText()).endsWith("Z");
        JsonNode lost = JsonMapper.builder().build().readTree(lines.get(1));
        assertThat(lost.path("error").asText()).isEqualTo("java.lang.IllegalStateException: gone");
        assertThat(lost.path("stack")).isNotEmpty();
    }

    @Test
    void quietKeepsWarningsOnly() {
        assertThat(lines(true)).hasSize(1).first().asString().contains("WARN");
    }
}
