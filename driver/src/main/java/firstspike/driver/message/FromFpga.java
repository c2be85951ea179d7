package firstspike.driver.message;

/**
 * The thirteen messages from FPGA to host (wire.md 5). All are 64 bit wide but the packs of three, which have 80:
 *
 * <pre>
 * 63 62      56 55                    P P-1          0
 * | 0 | index  | gap, zeros            | payload      |     P &lt;= 48
 *
 * 79 78      72 71          48 47          24 23          0
 * | 0 | index  | first event  | second       | third        |     MadcPack3, SpikePackFrom3
 * </pre>
 *
 * An event is 24 bit: stamp in [23:16], label or raw value in [15:0].
 */
public final class FromFpga {

    /** Kinds in the order of their header index. */
    public enum Kind {
        /** Bits that JTAG shifted out. */
        JTAG_RESPONSE("JtagResponse", 33),
        /** Answer to an Omnibus read. */
        OMNIBUS_RESPONSE("OmnibusResponse", 32),
        /** Halt or marker. */
        LOOPBACK_RESPONSE("LoopbackResponse", 1),
        /** Change of state of a high-speed link. */
        HIGHSPEED_LINK_NOTIFICATION("HighspeedLinkNotification", 8),
        /** An instruction did not finish in time. */
        TIMEOUT_NOTIFICATION("TimeoutNotification", 45),
        /** Absolute system time. */
        SYSTIME("Systime", 43),
        /** Time advance. */
        SYSDELTA("Sysdelta", 8),
        /** One sample. */
        MADC_PACK_1("MadcPack1", 24),
        /** Two samples. */
        MADC_PACK_2("MadcPack2", 48),
        /** Three samples. */
        MADC_PACK_3("MadcPack3", 72),
        /** One spike. */
        SPIKE_PACK_1("SpikePackFrom1", 24),
        /** Two spikes. */
        SPIKE_PACK_2("SpikePackFrom2", 48),
        /** Three spikes. */
        SPIKE_PACK_3("SpikePackFrom3", 72);

        private final String messageName;
        private final int payloadBits;

        Kind(String messageName, int payloadBits) {
            this.messageName = messageName;
            this.payloadBits = payloadBits;
        }

        /** Name of the message as the wire document writes it. */
        public String messageName() {
            return messageName;
        }

        /** Number of payload bits P. */
        public int payloadBits() {
            return payloadBits;
        }

        /** Width of the message on the wire, 64 or 80 bit. */
        public int width() {
            return payloadBits > 56 ? 80 : 64;
        }
    }

    /** Largest system time, ticks. */
    public static final long MAX_TIME = (1L << 43) - 1;

    static final int HEADER_SHIFT = 56;
    static final int JTAG_RESPONSE = 0;
    static final int OMNIBUS_RESPONSE = 1;
    static final int LOOPBACK_RESPONSE = 2;
    static final int LINK_NOTIFICATION = 3;
    static final int TIMEOUT_NOTIFICATION = 4;
    static final int SYSTIME = 5;
    static final int SYSDELTA = 6;
    static final int MADC_PACK_1 = 7;
    static final int MADC_PACK_3 = 9;
    static final int SPIKE_PACK_1 = 10;
    static final int SPIKE_PACK_3 = 12;
    static final int EVENT_BITS = 24;
    static final int EVENT_MASK = 0xff_ffff;
    /** Bits of a sample that carry something: stamp and 14 bits of raw value. */
    static final int SAMPLE_MASK = 0xff_3fff;

    private FromFpga() {}
}
