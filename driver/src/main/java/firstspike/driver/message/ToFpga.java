package firstspike.driver.message;

/**
 * The sixteen messages from host to FPGA as 64-bit words (wire.md 4).
 *
 * <pre>
 * 63 62      56 55                    P P-1          0
 * | 0 | index  | gap, zeros            | payload      |
 * </pre>
 *
 * Factories refuse values out of range with {@link WireException}; accessors take a word of the right kind.
 */
public final class ToFpga {

    /** Kinds in the order of their header index. */
    public enum Kind {
        /** Resets the JTAG state machine. */
        JTAG_INIT("JtagInit", 0),
        /** Sets the JTAG clock divider. */
        JTAG_SCALER("JtagScaler", 8),
        /** Selects the JTAG instruction register. */
        JTAG_INS("JtagIns", 7),
        /** Shifts bits through the selected JTAG register. */
        JTAG_DATA("JtagData", 56),
        /** Sets the playback timer to 0. */
        TIMER_SETUP("TimerSetup", 0),
        /** Blocks until the timer has a value. */
        WAIT_UNTIL("WaitUntil", 32),
        /** Synchronises the system times, or only asks for the FPGA's. */
        SYSTIME_INIT("SystimeInit", 1),
        /** Blocks until channels are idle. */
        BARRIER("Barrier", 5),
        /** Blocks until a polled word has a value. */
        POLLING_OMNIBUS_BLOCK("PollingOmnibusBlock", 1),
        /** Level of the chip's reset line. */
        RESET("Reset", 1),
        /** Answered with the same value: 0 halt, 1 tick. */
        LOOPBACK("Loopback", 1),
        /** Omnibus address, byte enables and direction. */
        OMNIBUS_ADDRESS("OmnibusAddress", 37),
        /** Omnibus write value. */
        OMNIBUS_DATA("OmnibusData", 32),
        /** One spike. */
        SPIKE_PACK_1("SpikePack1", 16),
        /** Two spikes. */
        SPIKE_PACK_2("SpikePack2", 32),
        /** Three spikes. */
        SPIKE_PACK_3("SpikePack3", 48);

        private static final Kind[] ALL = values();

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

        private long word(long payload) {
            return (long) ordinal() << HEADER_SHIFT | payload;
        }
    }

    /** The halt that ends every program; only hosts append it. */
    public static final long HALT = Kind.LOOPBACK.word(0);
    /** Largest value of the playback timer, ticks. */
    public static final long MAX_WAIT = 0xffff_ffffL;

    private static final int HEADER_SHIFT = 56;
    private static final long KEEP_RESPONSE = 1L << 48;
    private static final long READ = 1L << 36;
    private static final int ALL_BYTES = 15;

    private ToFpga() {}

    /**
     * Kind of a word.
     *
     * @param word any word
     * @return its kind, or null when its first byte is no header
     */
    public static Kind kind(long word) {
        int header = (int) (word >>> HEADER_SHIFT);
        return header < Kind.ALL.length ? Kind.ALL[header] : null;
    }

    /** Resets the JTAG state machine. */
    public static long jtagInit() {
        return Kind.JTAG_INIT.word(0);
    }

    /**
     * @param value divider, 0 to 255; the period is value + 2 ticks
     * @return the word
     */
    public static long jtagScaler(int value) {
        return Kind.JTAG_SCALER.word(checked(Kind.JTAG_SCALER, "value", value, 0, 255));
    }

    /**
     * @param value instruction code, 0 to 127
     * @return the word
     */
    public static long jtagIns(int value) {
        return Kind.JTAG_INS.word(checked(Kind.JTAG_INS, "value", value, 0, 127));
    }

    /**
     * @param keepResponse whether the bits that come out are answered
     * @param numBits 3 to 33
     * @param payload the bits to shift, 33 at most
     * @return the word
     */
    public static long jtagData(boolean keepResponse, int numBits, long payload) {
        checked(Kind.JTAG_DATA, "payload", payload, 0, (1L << 33) - 1);
        return Kind.JTAG_DATA.word((keepResponse ? KEEP_RESPONSE : 0)
                | checked(Kind.JTAG_DATA, "numBits", numBits, 3, 33) << 40
                | payload);
    }

    /** Sets the playback timer to 0. */
    public static long timerSetup() {
        return Kind.TIMER_SETUP.word(0);
    }

    /**
     * @param ticks 0 to 2^32 - 1
     * @return the word
     */
    public static long waitUntil(long ticks) {
        return Kind.WAIT_UNTIL.word(checked(Kind.WAIT_UNTIL, "value", ticks, 0, MAX_WAIT));
    }

    /**
     * @param synchronise false: only ask for the FPGA's time
     * @return the word
     */
    public static long systimeInit(boolean synchronise) {
        return Kind.SYSTIME_INIT.word(synchronise ? 1 : 0);
    }

    /**
     * @param mask of five bits: Omnibus, JTAG, system time, multi-FPGA, system time correction
     * @return the word
     */
    public static long barrier(int mask) {
        return Kind.BARRIER.word(checked(Kind.BARRIER, "mask", mask, 0, 31));
    }

    /**
     * @param equal whether the masked word shall equal the target or differ from it
     * @return the word
     */
    public static long pollingOmnibusBlock(boolean equal) {
        return Kind.POLLING_OMNIBUS_BLOCK.word(equal ? 1 : 0);
    }

    /**
     * @param asserted level of the chip's reset line
     * @return the word
     */
    public static long reset(boolean asserted) {
        return Kind.RESET.word(asserted ? 1 : 0);
    }

    /** A loopback tick, the marker of an instant. */
    public static long tick() {
        return Kind.LOOPBACK.word(1);
    }

    /**
     * @param address 32 bit, bit 31 set for FPGA registers
     * @return the word that asks for one Omnibus response
     */
    public static long omnibusRead(int address) {
        return Kind.OMNIBUS_ADDRESS.word(READ | (long) ALL_BYTES << 32 | address & MAX_WAIT);
    }

    /**
     * @param address 32 bit, bit 31 set for FPGA registers
     * @return the first of the two words of a write
     */
    public static long omnibusWrite(int address) {
        return omnibusWrite(address, ALL_BYTES);
    }

    /**
     * @param address 32 bit, bit 31 set for FPGA registers
     * @param byteEnables bit k enables byte k, 0 to 15
     * @return the first of the two words of a write
     */
    public static long omnibusWrite(int address, int byteEnables) {
        return Kind.OMNIBUS_ADDRESS.word(
                checked(Kind.OMNIBUS_ADDRESS, "byteEnables", byteEnables, 0, ALL_BYTES) << 32 | address & MAX_WAIT);
    }

    /**
     * @param value 32 bit
     * @return the second word of a write
     */
    public static long omnibusData(int value) {
        return Kind.OMNIBUS_DATA.word(value & MAX_WAIT);
    }

    /**
     * @param label 16 bit
     * @return the word
     */
    public static long spike(int label) {
        return Kind.SPIKE_PACK_1.word(label(Kind.SPIKE_PACK_1, 0, label));
    }

    /**
     * @param first 16-bit label
     * @param second 16-bit label
     * @return the word
     */
    public static long spikes(int first, int second) {
        return Kind.SPIKE_PACK_2.word(label(Kind.SPIKE_PACK_2, 0, first) << 16 | label(Kind.SPIKE_PACK_2, 1, second));
    }

    /**
     * @param first 16-bit label
     * @param second 16-bit label
     * @param third 16-bit label
     * @return the word
     */
    public static long spikes(int first, int second, int third) {
        return Kind.SPIKE_PACK_3.word(label(Kind.SPIKE_PACK_3, 0, first) << 32
                | label(Kind.SPIKE_PACK_3, 1, second) << 16
                | label(Kind.SPIKE_PACK_3, 2, third));
    }

    /**
     * @param word of kind JTAG_SCALER, JTAG_INS, WAIT_UNTIL, SYSTIME_INIT, BARRIER, POLLING_OMNIBUS_BLOCK, RESET,
     *     LOOPBACK or OMNIBUS_DATA
     * @return its single field
     */
    public static long value(long word) {
        return word & (1L << kind(word).payloadBits()) - 1;
    }

    /**
     * @param word of kind OMNIBUS_ADDRESS
     * @return 32-bit address
     */
    public static int address(long word) {
        return (int) word;
    }

    /**
     * @param word of kind OMNIBUS_ADDRESS
     * @return byte enables, 0 to 15
     */
    public static int byteEnables(long word) {
        return (int) (word >>> 32) & ALL_BYTES;
    }

    /**
     * @param word of kind OMNIBUS_ADDRESS
     * @return true for a read
     */
    public static boolean isRead(long word) {
        return (word & READ) != 0;
    }

    /**
     * @param word of kind JTAG_DATA
     * @return true when one JTAG response follows
     */
    public static boolean keepsResponse(long word) {
        return (word & KEEP_RESPONSE) != 0;
    }

    /**
     * @param word of kind JTAG_DATA
     * @return number of bits to shift; a legal word has 3 to 33
     */
    public static int numBits(long word) {
        return (int) (word >>> 40) & 0xff;
    }

    /**
     * @param word of kind JTAG_DATA
     * @return the bits to shift, 33 at most
     */
    public static long jtagPayload(long word) {
        return word & (1L << 33) - 1;
    }

    /**
     * @param word any word
     * @return number of spikes in it, 0 when it is no spike pack
     */
    public static int spikeCount(long word) {
        int header = (int) (word >>> HEADER_SHIFT);
        return header >= Kind.SPIKE_PACK_1.ordinal() && header <= Kind.SPIKE_PACK_3.ordinal()
                ? header - Kind.SPIKE_PACK_1.ordinal() + 1
                : 0;
    }

    /**
     * @param word a spike pack
     * @param i which spike, 0 is the first
     * @return its 16-bit label
     */
    public static int label(long word, int i) {
        return (int) (word >>> 16 * (spikeCount(word) - 1 - i)) & 0xffff;
    }

    private static long label(Kind kind, int i, int label) {
        if ((label & ~0xffff) != 0) {
            throw WireException.fieldRange(kind.messageName() + ".labels[" + i + "]", label, 0, 0xffff);
        }
        return label;
    }

    private static long checked(Kind kind, String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw WireException.fieldRange(kind.messageName() + "." + field, value, min, max);
        }
        return value;
    }
}
