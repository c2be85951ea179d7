package firstspike.driver.message;

import java.util.List;

/**
 * One message from host to FPGA as a value, for printing, tests and tools; hot paths work on the words of
 * {@link ToFpga}. Fields are checked when the message is encoded.
 */
public sealed interface ToFpgaMessage {

    /** Kind of the message. */
    ToFpga.Kind kind();

    /**
     * The 64-bit word.
     *
     * @throws WireException when a field is out of range
     */
    long word();

    /**
     * Reads a word.
     *
     * @param word whose first byte is a header
     * @param wordIndex its place in the stream, for the message of an error
     * @return the message; bits of the gap are ignored
     * @throws WireException UNKNOWN_HEADER or FIELD_RANGE
     */
    static ToFpgaMessage of(long word, long wordIndex) {
        ToFpga.Kind kind = ToFpga.kind(word);
        if (kind == null) {
            throw ToFpgaDecoder.unknownHeader(word, wordIndex);
        }
        return switch (kind) {
            case JTAG_DATA -> ToFpgaDecoder.jtagData(word, wordIndex);
            case OMNIBUS_ADDRESS ->
                new OmnibusAddress(
                        ToFpga.address(word) & ToFpga.MAX_WAIT, ToFpga.isRead(word), ToFpga.byteEnables(word));
            case SPIKE_PACK_1 -> new SpikePack(List.of(ToFpga.label(word, 0)));
            case SPIKE_PACK_2 -> new SpikePack(List.of(ToFpga.label(word, 0), ToFpga.label(word, 1)));
            case SPIKE_PACK_3 ->
                new SpikePack(List.of(ToFpga.label(word, 0), ToFpga.label(word, 1), ToFpga.label(word, 2)));
            case JTAG_INIT, TIMER_SETUP -> new Plain(kind);
            case JTAG_SCALER,
                    JTAG_INS,
                    WAIT_UNTIL,
                    SYSTIME_INIT,
                    BARRIER,
                    POLLING_OMNIBUS_BLOCK,
                    RESET,
                    LOOPBACK,
                    OMNIBUS_DATA -> new Valued(kind, ToFpga.value(word));
        };
    }

    /**
     * A message without fields: {@code JtagInit}, {@code TimerSetup}.
     *
     * @param kind one of the two
     */
    record Plain(ToFpga.Kind kind) implements ToFpgaMessage {
        @Override
        public long word() {
            return (long) kind.ordinal() << 56;
        }
    }

    /**
     * A message whose payload is a single number.
     *
     * @param kind of a message with one field
     * @param value from 0 to what its payload bits hold
     */
    record Valued(ToFpga.Kind kind, long value) implements ToFpgaMessage {
        @Override
        public long word() {
            long max = (1L << kind.payloadBits()) - 1;
            if (value < 0 || value > max) {
                String field = kind == ToFpga.Kind.BARRIER ? "mask" : "value";
                throw WireException.fieldRange(kind.messageName() + "." + field, value, 0, max);
            }
            return (long) kind.ordinal() << 56 | value;
        }
    }

    /**
     * Shifts bits through a JTAG register.
     *
     * @param keepResponse whether the bits that come out are answered
     * @param numBits 3 to 33
     * @param payload 33 bit
     */
    record JtagData(boolean keepResponse, int numBits, long payload) implements ToFpgaMessage {
        @Override
        public ToFpga.Kind kind() {
            return ToFpga.Kind.JTAG_DATA;
        }

        @Override
        public long word() {
            return ToFpga.jtagData(keepResponse, numBits, payload);
        }
    }

    /**
     * Address of an Omnibus access.
     *
     * @param address 32 bit, unsigned
     * @param isRead direction
     * @param byteEnables 0 to 15
     */
    record OmnibusAddress(long address, boolean isRead, int byteEnables) implements ToFpgaMessage {
        @Override
        public ToFpga.Kind kind() {
            return ToFpga.Kind.OMNIBUS_ADDRESS;
        }

        @Override
        public long word() {
            if (address < 0 || address > ToFpga.MAX_WAIT) {
                throw WireException.fieldRange("OmnibusAddress.address", address, 0, ToFpga.MAX_WAIT);
            }
            return ToFpga.omnibusWrite((int) address, byteEnables) | (isRead ? 1L << 36 : 0);
        }
    }

    /**
     * One to three spikes.
     *
     * @param labels 16 bit each
     */
    record SpikePack(List<Integer> labels) implements ToFpgaMessage {

        /** Refuses other sizes. */
        public SpikePack {
            labels = List.copyOf(labels);
            if (labels.isEmpty() || labels.size() > 3) {
                throw new IllegalArgumentException(
                        "spike pack: " + labels.size() + " labels (limit: 1 to 3); use several packs");
            }
        }

        @Override
        public ToFpga.Kind kind() {
            return ToFpga.Kind.values()[ToFpga.Kind.SPIKE_PACK_1.ordinal() + labels.size() - 1];
        }

        @Override
        public long word() {
            return switch (labels.size()) {
                case 1 -> ToFpga.spike(labels.get(0));
                case 2 -> ToFpga.spikes(labels.get(0), labels.get(1));
                default -> ToFpga.spikes(labels.get(0), labels.get(1), labels.get(2));
            };
        }
    }
}
