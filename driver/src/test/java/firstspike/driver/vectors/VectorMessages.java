package firstspike.driver.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import firstspike.driver.message.FromFpga;
import firstspike.driver.message.FromFpgaMessage;
import firstspike.driver.message.ToFpga;
import firstspike.driver.message.ToFpgaMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Messages as the wire vectors write them: {@code {type, fields}} with the names of wire.md 4 and 5. */
public final class VectorMessages {

    private VectorMessages() {}

    /**
     * @param message of the direction to the FPGA
     * @return the message, its fields unchecked
     */
    public static ToFpgaMessage toFpga(JsonNode message) {
        JsonNode fields = message.get("fields");
        String type = message.get("type").asText();
        ToFpga.Kind kind = Stream.of(ToFpga.Kind.values())
                .filter(k -> k.messageName().equals(type))
                .findFirst()
                .orElseThrow();
        return switch (kind) {
            case JTAG_INIT, TIMER_SETUP -> new ToFpgaMessage.Plain(kind);
            case JTAG_DATA ->
                new ToFpgaMessage.JtagData(
                        fields.get("keepResponse").asBoolean(),
                        fields.get("numBits").asInt(),
                        fields.get("payload").asLong());
            case OMNIBUS_ADDRESS ->
                new ToFpgaMessage.OmnibusAddress(
                        fields.get("address").asLong(),
                        fields.get("isRead").asBoolean(),
                        fields.get("byteEnables").asInt());
            case SPIKE_PACK_1, SPIKE_PACK_2, SPIKE_PACK_3 -> {
                List<Integer> labels = new ArrayList<>();
                fields.get("labels").forEach(label -> labels.add(label.asInt()));
                yield new ToFpgaMessage.SpikePack(labels);
            }
            case BARRIER -> new ToFpgaMessage.Valued(kind, fields.get("mask").asLong());
            case JTAG_SCALER,
                    JTAG_INS,
                    WAIT_UNTIL,
                    SYSTIME_INIT,
                    POLLING_OMNIBUS_BLOCK,
                    RESET,
                    LOOPBACK,
                    OMNIBUS_DATA ->
                new ToFpgaMessage.Valued(kind, fields.get("value").asLong());
        };
    }

    /**
     * @param message of the direction from the FPGA
     * @return the message, its fields unchecked
     */
    public static FromFpgaMessage fromFpga(JsonNode message) {
        JsonNode fields = message.get("fields");
        String type = message.get("type").asText();
        FromFpga.Kind kind = Stream.of(FromFpga.Kind.values())
                .filter(k -> k.messageName().equals(type))
                .findFirst()
                .orElseThrow();
        if (kind == FromFpga.Kind.TIMEOUT_NOTIFICATION) {
            return new FromFpgaMessage.TimeoutNotification(
                    fields.get("value").asLong(),
                    fields.get("traceStall").asInt(),
                    fields.get("omnibusReads").asInt());
        }
        if (fields.has("value")) {
            return new FromFpgaMessage.Valued(kind, fields.get("value").asLong());
        }
        List<FromFpgaMessage.Event> events = new ArrayList<>();
        boolean spikes = fields.has("spikes");
        fields.get(spikes ? "spikes" : "samples")
                .forEach(event -> events.add(new FromFpgaMessage.Event(
                        event.get(spikes ? "label" : "value").asInt(),
                        event.get("timestamp").asInt())));
        return new FromFpgaMessage.Pack(kind, events);
    }

    /**
     * @param array of messages from the FPGA
     * @return all of them
     */
    public static List<FromFpgaMessage> allFromFpga(JsonNode array) {
        List<FromFpgaMessage> messages = new ArrayList<>();
        array.forEach(message -> messages.add(fromFpga(message)));
        return messages;
    }

    /**
     * @param message to the FPGA
     * @return as the vectors write it
     */
    public static JsonNode json(ToFpgaMessage message) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("type", message.kind().messageName());
        ObjectNode fields = json.putObject("fields");
        if (message instanceof ToFpgaMessage.Valued valued) {
            fields.put(valued.kind() == ToFpga.Kind.BARRIER ? "mask" : "value", valued.value());
        } else if (message instanceof ToFpgaMessage.JtagData data) {
            fields.put("keepResponse", data.keepResponse())
                    .put("numBits", data.numBits())
                    .put("payload", data.payload());
        } else if (message instanceof ToFpgaMessage.OmnibusAddress access) {
            fields.put("address", access.address()).put("isRead", access.isRead());
            fields.put("byteEnables", access.byteEnables());
        } else if (message instanceof ToFpgaMessage.SpikePack pack) {
            pack.labels().forEach(fields.putArray("labels")::add);
        }
        return normal(json);
    }

    /** The same tree with the number types that reading text gives, so that trees compare by value. */
    private static JsonNode normal(ObjectNode json) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper().readTree(json.toString());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param word any word
     * @return 0x and 16 digits
     */
    public static String hex(long word) {
        return String.format("0x%016x", word);
    }

    /**
     * @param array of hex words
     * @return their values
     */
    public static long[] words(JsonNode array) {
        long[] words = new long[array.size()];
        for (int i = 0; i < words.length; i++) {
            words[i] = Long.parseUnsignedLong(array.get(i).asText().substring(2), 16);
        }
        return words;
    }
}
