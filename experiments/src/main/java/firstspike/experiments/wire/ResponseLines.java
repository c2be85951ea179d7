package firstspike.experiments.wire;

import firstspike.driver.link.SpikeColumns;
import firstspike.driver.message.FromFpga;
import firstspike.driver.message.FromFpgaDecoder;
import firstspike.driver.message.TraceMessages;
import firstspike.driver.message.WireException;
import firstspike.driver.playback.InstructionText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lines of the words from an FPGA, each with its FPGA time: every message advances a counter by one, time messages set it,
 * and each halt ends a program and begins again at 0 (wire.md 9). Behind a gap times are unknown until the FPGA says one.
 */
final class ResponseLines implements WordLines, TraceMessages {

    private static final int VALUE = 0x3ff;
    private static final int CHANNEL_BIT = 10;

    private final Consumer<WireRecord> sink;
    private final FromFpgaDecoder decoder = new FromFpgaDecoder(this);
    private Place place = Place.NONE;
    private boolean timeKnown = true;
    private long now;
    private long index;
    private long program;
    private long messages;
    private long errors;
    private boolean lost;

    ResponseLines(Consumer<WireRecord> sink) {
        this.sink = sink;
    }

    @Override
    public void word(long word, Place where) {
        if (lost && where.frame() == place.frame()) {
            return;
        }
        if (lost) {
            gap();
        }
        place = where;
        try {
            decoder.word(word);
        } catch (WireException e) {
            errors++;
            lost = true;
            sink.accept(new WireRecord.Remark(
                    place,
                    Optional.of(Direction.FROM),
                    e.code().name(),
                    String.format("0x%016x: %s; decoding goes on with the next frame", word, e.getMessage())));
        }
    }

    @Override
    public void gap() {
        decoder.reset();
        lost = false;
        timeKnown = false;
    }

    @Override
    public void finish(Place where) {
        try {
            decoder.finish();
        } catch (WireException e) {
            errors++;
            sink.accept(new WireRecord.Remark(
                    where, Optional.of(Direction.FROM), e.code().name(), e.getMessage()));
        }
    }

    @Override
    public long messages() {
        return messages;
    }

    @Override
    public long errors() {
        return errors;
    }

    @Override
    public void systime(long ticks) {
        now = ticks;
        timeKnown = true;
        show(FromFpga.Kind.SYSTIME, "systime " + ticks, Map.of("value", ticks));
    }

    @Override
    public void sysdelta(int ticks) {
        now = now + 1 + ticks & FromFpga.MAX_TIME;
        show(FromFpga.Kind.SYSDELTA, "sysdelta " + ticks, Map.of("value", ticks));
    }

    @Override
    public void jtag(long value) {
        step(FromFpga.Kind.JTAG_RESPONSE, String.format(Locale.ROOT, "jtag 0x%09x", value), Map.of("value", value));
    }

    @Override
    public void omnibus(int value) {
        step(
                FromFpga.Kind.OMNIBUS_RESPONSE,
                String.format(Locale.ROOT, "response 0x%08x", value),
                Map.of("value", Integer.toUnsignedLong(value)));
    }

    @Override
    public void loopback(boolean halt) {
        step(FromFpga.Kind.LOOPBACK_RESPONSE, halt ? "halt" : "marker", Map.of("value", halt ? 0 : 1));
        if (halt) {
            program++;
            index = 0;
            now = 0;
            timeKnown = true;
        }
    }

    @Override
    public void linkNotification(int bits) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("value", bits);
        fields.put("phy", bits >>> 5);
        fields.put("link_up", (bits & 16) != 0);
        fields.put("decode_error", (bits & 8) != 0);
        fields.put("crc_error", (bits & 4) != 0);
        fields.put("crc_recover", (bits & 2) != 0);
        fields.put("check_error", (bits & 1) != 0);
        StringBuilder text = new StringBuilder("link ").append(bits >>> 5).append((bits & 16) != 0 ? " up" : " down");
        String[] names = {" decode error", " crc error", " crc recovered", " check error"};
        for (int i = 0; i < names.length; i++) {
            if ((bits & 8 >> i) != 0) {
                text.append(names[i]);
            }
        }
        step(FromFpga.Kind.HIGHSPEED_LINK_NOTIFICATION, text.toString(), fields);
    }

    @Override
    public void timeout(long stuck, int traceStall, int omnibusReads) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("value", stuck);
        fields.put("trace_stall", traceStall);
        fields.put("omnibus_reads", omnibusReads);
        step(
                FromFpga.Kind.TIMEOUT_NOTIFICATION,
                "timeout of instruction " + stuck + ", trace stall " + traceStall + ", reads in flight " + omnibusReads,
                fields);
    }

    @Override
    public void spikes(int count, int first, int second, int third) {
        advance();
        List<Object> list = new ArrayList<>();
        StringBuilder text = new StringBuilder("spikes");
        int[] events = {first, second, third};
        for (int i = 0; i < count; i++) {
            Map<String, Object> spike = new LinkedHashMap<>();
            spike.put("label", events[i] & 0xffff);
            spike.put("timestamp", events[i] >>> 16);
            text.append(String.format(Locale.ROOT, " 0x%04x", events[i] & 0xffff));
            chipTime(events[i] >>> 16, spike, text);
            list.add(spike);
        }
        FromFpga.Kind kind = FromFpga.Kind.values()[FromFpga.Kind.SPIKE_PACK_1.ordinal() + count - 1];
        show(kind, text.toString(), Map.of("spikes", list));
    }

    @Override
    public void samples(int count, int first, int second, int third) {
        advance();
        List<Object> list = new ArrayList<>();
        StringBuilder text = new StringBuilder("samples");
        int[] events = {first, second, third};
        for (int i = 0; i < count; i++) {
            Map<String, Object> sample = new LinkedHashMap<>();
            sample.put("value", events[i] & VALUE);
            sample.put("channel", events[i] >>> CHANNEL_BIT & 1);
            sample.put("timestamp", events[i] >>> 16);
            text.append(' ').append(events[i] & VALUE).append('/').append(events[i] >>> CHANNEL_BIT & 1);
            chipTime(events[i] >>> 16, sample, text);
            list.add(sample);
        }
        FromFpga.Kind kind = FromFpga.Kind.values()[FromFpga.Kind.MADC_PACK_1.ordinal() + count - 1];
        show(kind, text.toString(), Map.of("samples", list));
    }

    private void chipTime(int stamp, Map<String, Object> event, StringBuilder text) {
        if (timeKnown) {
            long time = SpikeColumns.chipTime(now, stamp);
            event.put("chip_time", time);
            text.append('@').append(time);
        }
    }

    private void step(FromFpga.Kind kind, String text, Map<String, Object> fields) {
        advance();
        show(kind, text, fields);
    }

    private void advance() {
        now = now + 1 & FromFpga.MAX_TIME;
    }

    private void show(FromFpga.Kind kind, String text, Map<String, Object> fields) {
        long tick = timeKnown ? now : InstructionText.UNKNOWN;
        messages++;
        sink.accept(new WireRecord.Message(
                place,
                Direction.FROM,
                program,
                index,
                tick,
                kind.messageName(),
                InstructionText.line(index, tick, text),
                fields));
        index++;
    }
}
