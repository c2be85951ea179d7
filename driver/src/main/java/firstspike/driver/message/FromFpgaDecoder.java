package firstspike.driver.message;

import firstspike.driver.error.ErrorDetail;

/**
 * Reads the words that an FPGA sends, however they were split into calls, and hands each message to a sink as soon as it
 * is complete (wire.md 7). After an unknown header the position in the stream is lost and everything is refused until
 * {@link #reset()}. Mutable; one owner thread.
 *
 * <p>Widths are 64 and 80 bit, so between two words 0, 16, 32, 48 or 64 bits wait, and each word behind them completes
 * exactly one message.
 */
public final class FromFpgaDecoder {

    private static final int LAST_HEADER = FromFpga.SPIKE_PACK_3;
    /** Bits of a pack of three behind its first 64. */
    private static final int TAIL_BITS = 16;

    private final TraceMessages sink;
    /** Bits of an incomplete message, left aligned, zeros behind them. */
    private long pending;

    private int level;
    private long words;
    private boolean poisoned;

    /** @param sink gets each message */
    public FromFpgaDecoder(TraceMessages sink) {
        this.sink = sink;
    }

    /**
     * Takes the next words.
     *
     * @param from holds them
     * @param offset of the first
     * @param count how many
     * @throws WireException UNKNOWN_HEADER, or DECODER_POISONED after it
     */
    public void words(long[] from, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            word(from[i]);
        }
    }

    /**
     * Takes the next word.
     *
     * @param word any word
     * @throws WireException UNKNOWN_HEADER, or DECODER_POISONED after it
     */
    public void word(long word) {
        if (level != 0) {
            continued(word);
            return;
        }
        if (word < 0 && !poisoned) {
            words++;
            return;
        }
        int header = (int) (word >>> FromFpga.HEADER_SHIFT);
        if (header > LAST_HEADER || poisoned) {
            throw refuse(header);
        }
        words++;
        if (isPackOfThree(header)) {
            pending = word;
            level = Long.SIZE;
        } else {
            message(header, word);
        }
    }

    /** A word behind an incomplete message: it always completes that one, and never the next. */
    private void continued(long word) {
        int before = level;
        int header = (int) (pending >>> FromFpga.HEADER_SHIFT);
        boolean ofThree = isPackOfThree(header);
        long message = pending;
        long rest = word;
        int left = Long.SIZE;
        if (before < Long.SIZE) {
            message |= word >>> before;
            rest = word << Long.SIZE - before;
            left = before;
        }
        int tail = (int) (rest >>> Long.SIZE - TAIL_BITS);
        if (ofThree) {
            rest <<= TAIL_BITS;
            left -= TAIL_BITS;
        }
        if (rest < 0) {
            // a comma: the rest of the word carries nothing
            rest = 0;
            left = 0;
        }
        pending = rest;
        level = left;
        if (ofThree) {
            packOfThree(header, message, tail);
        } else {
            message(header, message);
        }
        int next = (int) (rest >>> FromFpga.HEADER_SHIFT);
        if (next > LAST_HEADER) {
            throw refuse(next);
        }
        words++;
    }

    private static boolean isPackOfThree(int header) {
        return header == FromFpga.SPIKE_PACK_3 || header == FromFpga.MADC_PACK_3;
    }

    private void message(int header, long word) {
        switch (header) {
            case FromFpga.JTAG_RESPONSE -> sink.jtag(word & (1L << 33) - 1);
            case FromFpga.OMNIBUS_RESPONSE -> sink.omnibus((int) word);
            case FromFpga.LOOPBACK_RESPONSE -> sink.loopback((word & 1) == 0);
            case FromFpga.LINK_NOTIFICATION -> sink.linkNotification((int) word & 0xff);
            case FromFpga.TIMEOUT_NOTIFICATION ->
                sink.timeout(word & 0xffff_ffffL, (int) (word >>> 32) & 127, (int) (word >>> 39) & 63);
            case FromFpga.SYSTIME -> sink.systime(word & FromFpga.MAX_TIME);
            case FromFpga.SYSDELTA -> sink.sysdelta((int) word & 0xff);
            case FromFpga.MADC_PACK_1 -> sink.samples(1, (int) word & FromFpga.SAMPLE_MASK, 0, 0);
            case FromFpga.MADC_PACK_1 + 1 ->
                sink.samples(
                        2,
                        (int) (word >>> FromFpga.EVENT_BITS) & FromFpga.SAMPLE_MASK,
                        (int) word & FromFpga.SAMPLE_MASK,
                        0);
            case FromFpga.SPIKE_PACK_1 -> sink.spikes(1, (int) word & FromFpga.EVENT_MASK, 0, 0);
            case FromFpga.SPIKE_PACK_1 + 1 ->
                sink.spikes(
                        2,
                        (int) (word >>> FromFpga.EVENT_BITS) & FromFpga.EVENT_MASK,
                        (int) word & FromFpga.EVENT_MASK,
                        0);
            default -> throw new IllegalStateException("header " + header + " was checked before");
        }
    }

    private void packOfThree(int header, long word, int tail) {
        int first = (int) (word >>> 32) & FromFpga.EVENT_MASK;
        int second = (int) (word >>> 8) & FromFpga.EVENT_MASK;
        int third = ((int) word & 0xff) << 16 | tail;
        if (header == FromFpga.SPIKE_PACK_3) {
            sink.spikes(3, first, second, third);
        } else {
            int mask = FromFpga.SAMPLE_MASK;
            sink.samples(3, first & mask, second & mask, third & mask);
        }
    }

    /**
     * Declares the end of the stream, for example after the halt.
     *
     * @throws WireException TRUNCATED when a message is incomplete
     */
    public void finish() {
        if (level > 0) {
            throw new WireException(
                    WireException.Code.TRUNCATED,
                    ErrorDetail.of(
                                    "end of the stream after word " + words,
                                    level + " bits of an incomplete message",
                                    "0 bits",
                                    "the halt answer is missing or the link was cut; open the session again")
                            .with("pendingBits", level));
        }
    }

    /** Bits of an incomplete message: 0, 16, 32, 48 or 64. */
    public int pendingBits() {
        return level;
    }

    /** Words taken since the beginning of the stream. */
    public long wordCount() {
        return words;
    }

    /** Begins a new stream. */
    public void reset() {
        pending = 0;
        level = 0;
        words = 0;
        poisoned = false;
    }

    private WireException refuse(int header) {
        if (poisoned) {
            return new WireException(
                    WireException.Code.DECODER_POISONED,
                    ErrorDetail.of("word " + words, "after a decode error", "none", "open the session again"));
        }
        poisoned = true;
        pending = 0;
        level = 0;
        long index = words++;
        return new WireException(
                WireException.Code.UNKNOWN_HEADER,
                ErrorDetail.of(
                                "header of word " + index,
                                header,
                                "0 to " + LAST_HEADER,
                                "the stream position is lost; open again, and check software and bitfile version")
                        .with("header", header)
                        .with("wordIndex", index));
    }
}
