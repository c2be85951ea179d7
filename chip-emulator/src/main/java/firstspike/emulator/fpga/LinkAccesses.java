package firstspike.emulator.fpga;

/**
 * The accesses that went over the chip link since the last reset of the chip, as HicannARQStatus counts them (registers.md 13): a
 * write is written and sent, a read is received and read, too. Mutable; one owner thread.
 */
final class LinkAccesses {

    /** First of the four words: written, sent, received, read. */
    static final int FIRST = 0x8800_C010;

    static final int WORDS = 4;

    private static final int RECEIVED = FIRST + 2;

    private int writes;
    private int reads;

    LinkAccesses copy() {
        LinkAccesses copy = new LinkAccesses();
        copy.writes = writes;
        copy.reads = reads;
        return copy;
    }

    /** A chip register is written. */
    void written() {
        writes++;
    }

    /** A chip register is read. */
    void read() {
        reads++;
    }

    /** The chip is reset. */
    void clear() {
        writes = 0;
        reads = 0;
    }

    /** The word at an address of the four, modulo 2^32. */
    int word(int address) {
        return address >= RECEIVED ? reads : writes + reads;
    }
}
