package firstspike.driver.message;

import firstspike.driver.error.ErrorDetail;
import java.util.function.Consumer;

/**
 * Reads the stream of words that an FPGA gets (wire.md 7): one word a message, idle words dropped. After an unknown
 * header the position in the stream is lost and everything is refused until {@link #reset()}. One owner thread.
 */
public final class ToFpgaDecoder {

    private final Consumer<ToFpgaMessage> sink;
    private long words;
    private boolean poisoned;

    /** @param sink gets each message */
    public ToFpgaDecoder(Consumer<ToFpgaMessage> sink) {
        this.sink = sink;
    }

    /**
     * Takes the next word.
     *
     * @param word any word
     * @throws WireException UNKNOWN_HEADER, FIELD_RANGE, or DECODER_POISONED after one of them
     */
    public void word(long word) {
        if (poisoned) {
            throw new WireException(
                    WireException.Code.DECODER_POISONED,
                    ErrorDetail.of("word " + words, "after a decode error", "none", "open the session again"));
        }
        long index = words++;
        if (word < 0) {
            return;
        }
        ToFpgaMessage message;
        try {
            message = ToFpgaMessage.of(word, index);
        } catch (WireException e) {
            poisoned = true;
            throw e;
        }
        sink.accept(message);
    }

    /** Begins a new stream. */
    public void reset() {
        poisoned = false;
        words = 0;
    }

    static WireException unknownHeader(long word, long wordIndex) {
        int header = (int) (word >>> 56);
        return new WireException(
                WireException.Code.UNKNOWN_HEADER,
                ErrorDetail.of(
                                "header of word " + wordIndex,
                                header,
                                "0 to 15",
                                "the stream position is lost; open again, and check software and bitfile version")
                        .with("header", header)
                        .with("wordIndex", wordIndex));
    }

    static ToFpgaMessage jtagData(long word, long wordIndex) {
        int bits = ToFpga.numBits(word);
        int unused = (int) (word >>> 49) & 0x7f;
        if (bits < 3 || bits > 33 || unused != 0) {
            long value = unused == 0 ? bits : unused << 9 | bits;
            WireException range = WireException.fieldRange("JtagData.numBits", value, 3, 33);
            throw new WireException(range.code(), range.detail().with("wordIndex", wordIndex));
        }
        return new ToFpgaMessage.JtagData(ToFpga.keepsResponse(word), bits, ToFpga.jtagPayload(word));
    }
}
