package firstspike.experiments.wire;

import firstspike.driver.message.ToFpga;
import firstspike.driver.message.ToFpgaMessage;
import firstspike.driver.message.WireException;
import firstspike.driver.playback.InstructionText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Lines of the words to an FPGA; each halt ends a program. */
final class InstructionLines implements WordLines {

    private final Consumer<WireRecord> sink;
    private InstructionText text = new InstructionText();
    private long program;
    private long messages;
    private long errors;

    InstructionLines(Consumer<WireRecord> sink) {
        this.sink = sink;
    }

    @Override
    public void word(long word, Place place) {
        if (word < 0) {
            return;
        }
        String line;
        ToFpgaMessage message;
        try {
            message = ToFpgaMessage.of(word, text.index() + 1);
            line = text.line(word);
        } catch (WireException e) {
            errors++;
            sink.accept(new WireRecord.Remark(
                    place,
                    Optional.of(Direction.TO),
                    e.code().name(),
                    String.format("0x%016x: %s", word, e.getMessage())));
            return;
        }
        messages++;
        sink.accept(new WireRecord.Message(
                place,
                Direction.TO,
                program,
                text.index(),
                text.tick(),
                message.kind().messageName(),
                line,
                fields(word, message)));
        if (message.word() == ToFpga.HALT) {
            program++;
            text = new InstructionText();
        }
    }

    @Override
    public void gap() {
        // each instruction is a word of its own, only its place in the program is lost
        text = new InstructionText();
    }

    @Override
    public void finish(Place place) {}

    @Override
    public long messages() {
        return messages;
    }

    @Override
    public long errors() {
        return errors;
    }

    private static Map<String, Object> fields(long word, ToFpgaMessage message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("word", String.format("0x%016x", word));
        switch (message.kind()) {
            case OMNIBUS_ADDRESS -> {
                fields.put("address", String.format("0x%08x", ToFpga.address(word)));
                fields.put("is_read", ToFpga.isRead(word));
                fields.put("byte_enables", ToFpga.byteEnables(word));
            }
            case JTAG_DATA -> {
                fields.put("num_bits", ToFpga.numBits(word));
                fields.put("keep_response", ToFpga.keepsResponse(word));
                fields.put("payload", ToFpga.jtagPayload(word));
            }
            case SPIKE_PACK_1, SPIKE_PACK_2, SPIKE_PACK_3 ->
                fields.put("labels", ((ToFpgaMessage.SpikePack) message).labels());
            case JTAG_INIT, TIMER_SETUP -> {}
            case JTAG_SCALER,
                    JTAG_INS,
                    WAIT_UNTIL,
                    SYSTIME_INIT,
                    BARRIER,
                    POLLING_OMNIBUS_BLOCK,
                    RESET,
                    LOOPBACK,
                    OMNIBUS_DATA -> fields.put("value", ToFpga.value(word));
        }
        return fields;
    }
}
