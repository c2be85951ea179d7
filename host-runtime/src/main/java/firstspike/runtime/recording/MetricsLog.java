package firstspike.runtime.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import firstspike.runtime.exchange.AtomicFile;
import firstspike.runtime.exchange.MemoryBudget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of {@code metrics.jsonl}, one an epoch (formats.md 11.2). A last line without its end, as a killed process may
 * leave one, is dropped and counted when read.
 */
public final class MetricsLog {

    private final Path file;

    /** @param file which need not exist */
    public MetricsLog(Path file) {
        this.file = file;
    }

    /**
     * What a file holds.
     *
     * @param lines complete lines in order
     * @param torn number of lines that were dropped
     */
    public record Content(List<JsonNode> lines, int torn) {

        /** Copies the lines. */
        public Content {
            lines = List.copyOf(lines);
        }
    }

    /**
     * @param line one JSON object without a line feed
     */
    public void append(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
        } catch (IOException e) {
            throw StorageFailure.of(file, e);
        }
    }

    /** All complete lines; none when there is no file. */
    public Content read() {
        if (!Files.exists(file)) {
            return new Content(List.of(), 0);
        }
        String text;
        try {
            MemoryBudget.check(file.toString(), Files.size(file));
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw StorageFailure.of(file, e);
        }
        List<JsonNode> lines = new ArrayList<>();
        int torn = 0;
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            String line = text.substring(from, end < 0 ? text.length() : end);
            from = end < 0 ? text.length() : end + 1;
            if (end < 0) {
                torn++;
            } else if (!line.isBlank()) {
                torn += addLine(line, lines);
            }
        }
        return new Content(lines, torn);
    }

    /**
     * Drops the lines after an epoch, because they will come again.
     *
     * @param epoch last epoch that stays
     * @return number of lines that went
     */
    public int dropAfter(int epoch) {
        Content content = read();
        List<String> kept = content.lines().stream()
                .filter(line -> line.path("epoch").asInt() <= epoch)
                .map(JsonNode::toString)
                .toList();
        int gone = content.lines().size() - kept.size() + content.torn();
        if (gone > 0) {
            String text = kept.isEmpty() ? "" : String.join("\n", kept) + "\n";
            AtomicFile.replace(file, text.getBytes(StandardCharsets.UTF_8));
        }
        return gone;
    }

    private static int addLine(String line, List<JsonNode> lines) {
        try {
            lines.add(JsonTree.parse(line));
            return 0;
        } catch (JsonProcessingException e) {
            return 1;
        }
    }
}
