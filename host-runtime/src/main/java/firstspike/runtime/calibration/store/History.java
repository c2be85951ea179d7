package firstspike.runtime.calibration.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import firstspike.runtime.calibration.result.CalibrationId;
import firstspike.runtime.calibration.store.HistoryEvent.Action;
import firstspike.runtime.recording.JsonText;
import firstspike.runtime.recording.JsonTree;
import firstspike.runtime.recording.StorageFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The events of one chip, one a line; it only grows, and a line that is damaged or of a newer version is passed over. */
final class History {

    private static final String NAME = "history.jsonl";

    private final Path file;

    History(Path chip) {
        file = chip.resolve(NAME);
    }

    void append(HistoryEvent event) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("time", event.time().toString());
        tree.put("action", event.action().label());
        tree.put("id", event.id().value());
        tree.put("by", event.by());
        tree.put("reason", event.reason());
        byte[] line = (JsonText.compact(tree) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            // one write of a short line: lines of two processes do not mix
            Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw StorageFailure.of(file, e);
        }
    }

    List<HistoryEvent> events() {
        List<HistoryEvent> events = new ArrayList<>();
        if (!Files.exists(file)) {
            return events;
        }
        try {
            for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
                event(line, events);
            }
        } catch (IOException e) {
            throw StorageFailure.of(file, e);
        }
        return events;
    }

    private static void event(String line, List<HistoryEvent> events) {
        try {
            JsonNode tree = JsonTree.parse(line);
            events.add(new HistoryEvent(
                    Instant.parse(tree.path("time").asText()),
                    Action.valueOf(tree.path("action").asText().toUpperCase(Locale.ROOT)),
                    new CalibrationId(tree.path("id").asText()),
                    tree.path("by").asText(),
                    tree.path("reason").asText()));
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            // a torn last line or an event of a newer version says nothing about the others
            return;
        }
    }

    /** What was in use, the present one first: an activation comes on top, a return takes off what lies above it. */
    Deque<CalibrationId> inUse() {
        Deque<CalibrationId> stack = new ArrayDeque<>();
        for (HistoryEvent event : events()) {
            switch (event.action()) {
                case ACTIVATED -> {
                    if (!event.id().equals(stack.peek())) {
                        stack.push(event.id());
                    }
                }
                case ROLLED_BACK -> {
                    if (stack.contains(event.id())) {
                        while (!event.id().equals(stack.peek())) {
                            stack.pop();
                        }
                    } else {
                        stack.push(event.id());
                    }
                }
                case CREATED, MARKED_BAD, VERIFIED -> {
                    // does not change what is in use
                }
            }
        }
        return stack;
    }
}
