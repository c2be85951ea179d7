package firstspike.driver.message;

import java.util.List;
import java.util.function.Consumer;

/**
 * One message from FPGA to host as a value, for printing, tests and tools; hot paths use {@link TraceMessages}. Fields are
 * checked when the message is encoded.
 */
public sealed interface FromFpgaMessage {

    /** Kind of the message. */
    FromFpga.Kind kind();

    /**
     * Hands the message to an encoder or an assembler.
     *
     * @param sink gets exactly one message
     * @throws WireException FIELD_RANGE from an encoder when a field is out of range
     */
    void sendTo(TraceMessages sink);

    /**
     * A sink that makes values of what it gets.
     *
     * @param consumer gets each message
     * @return the sink, for example for a {@link FromFpgaDecoder}
     */
    static TraceMessages sink(Consumer<FromFpgaMessage> consumer) {
        return new TypedTrace(consumer);
    }

    /**
     * A message whose payload is a single number.
     *
     * @param kind JTAG_RESPONSE, OMNIBUS_RESPONSE, LOOPBACK_RESPONSE, HIGHSPEED_LINK_NOTIFICATION, SYSTIME or SYSDELTA
     * @param value from 0 to what its payload bits hold
     */
    record Valued(FromFpga.Kind kind, long value) implements FromFpgaMessage {
        @Override
        public void sendTo(TraceMessages sink) {
            long max = (1L << kind.payloadBits()) - 1;
            if (value < 0 || value > max) {
                throw WireException.fieldRange(kind.messageName() + ".value", value, 0, max);
            }
            switch (kind) {
                case JTAG_RESPONSE -> sink.jtag(value);
                case OMNIBUS_RESPONSE -> sink.omnibus((int) value);
                case LOOPBACK_RESPONSE -> sink.loopback(value == 0);
                case HIGHSPEED_LINK_NOTIFICATION -> sink.linkNotification((int) value);
                case SYSTIME -> sink.systime(value);
                case SYSDELTA -> sink.sysdelta((int) value);
                case TIMEOUT_NOTIFICATION,
                        MADC_PACK_1,
                        MADC_PACK_2,
                        MADC_PACK_3,
                        SPIKE_PACK_1,
                        SPIKE_PACK_2,
                        SPIKE_PACK_3 -> throw new IllegalStateException(kind + " has no single value");
            }
        }
    }

    /**
     * An instruction did not finish in time.
     *
     * @param value index of the instruction, 32 bit
     * @param traceStall stalls of the trace, 0 to 127
     * @param omnibusReads reads in flight, 0 to 63
     */
    record TimeoutNotification(long value, int traceStall, int omnibusReads) implements FromFpgaMessage {
        @Override
        public FromFpga.Kind kind() {
            return FromFpga.Kind.TIMEOUT_NOTIFICATION;
        }

        @Override
        public void sendTo(TraceMessages sink) {
            sink.timeout(value, traceStall, omnibusReads);
        }
    }

    /**
     * A spike or a sample.
     *
     * @param content label, 16 bit, or raw value, 14 bit
     * @param timestamp 0 to 255, half-ticks
     */
    record Event(int content, int timestamp) {

        private int packed() {
            return timestamp << 16 | content;
        }
    }

    /**
     * One to three spikes or samples.
     *
     * @param kind one of the packs
     * @param events as many as the kind says
     */
    record Pack(FromFpga.Kind kind, List<Event> events) implements FromFpgaMessage {

        /** Refuses a number of events that is not that of the kind. */
        public Pack {
            events = List.copyOf(events);
            if (kind.payloadBits() != FromFpga.EVENT_BITS * events.size()) {
                throw new IllegalArgumentException(kind.messageName() + ": " + events.size()
                        + " events (limit: as its name says); use the pack of that size");
            }
        }

        @Override
        public void sendTo(TraceMessages sink) {
            boolean spikes = kind.ordinal() >= FromFpga.SPIKE_PACK_1;
            int most = spikes ? 0xffff : 0x3fff;
            String field = kind.messageName() + (spikes ? ".spikes[" : ".samples[");
            for (int i = 0; i < events.size(); i++) {
                check(
                        field + i + (spikes ? "].label" : "].value"),
                        events.get(i).content(),
                        most);
                check(field + i + "].timestamp", events.get(i).timestamp(), 255);
            }
            int n = events.size();
            int first = events.get(0).packed();
            int second = n > 1 ? events.get(1).packed() : 0;
            int third = n > 2 ? events.get(2).packed() : 0;
            if (spikes) {
                sink.spikes(n, first, second, third);
            } else {
                sink.samples(n, first, second, third);
            }
        }

        private static void check(String field, int value, int max) {
            if (value < 0 || value > max) {
                throw WireException.fieldRange(field, value, 0, max);
            }
        }
    }
}
