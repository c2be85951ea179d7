package firstspike.driver.fpga;

import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.InstructionSource;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.function.BooleanSupplier;

/**
 * Sends one program: health reads, the user's words as they are made, health reads, halt. Holds a few frames and never the
 * program. One thread.
 */
final class Transmission {

    /** Words that are handed over at once: 32 frames of 180. */
    private static final int BLOCK = 32 * 180;

    private final WordSession session;
    private final BooleanSupplier stop;
    private final long[] block = new long[BLOCK];
    private int filled;

    /**
     * @param session to send on
     * @param stop is asked between blocks; when it says so no more words of the user are sent
     */
    Transmission(WordSession session, BooleanSupplier stop) {
        this.session = session;
        this.stop = stop;
    }

    /**
     * Sends everything but the halt, or what it came to before it was stopped.
     *
     * @param reads around the program
     * @param words of the user
     * @param digest takes the user's words in big-endian order, or null
     * @return whether everything was sent
     * @throws firstspike.driver.message.WireException when the session is dead
     */
    boolean send(HealthReads reads, InstructionSource words, MessageDigest digest) {
        add(reads.before());
        boolean whole = digest == null ? add(words) : addDigested(words, digest);
        if (whole) {
            add(reads.after());
        }
        return whole;
    }

    /**
     * Ends the program: sends its halt and flushes.
     *
     * @throws firstspike.driver.message.WireException when the session is dead
     */
    void halt() {
        add(ToFpga.HALT);
        session.send(block, filled);
        filled = 0;
        session.flush();
    }

    private void add(long[] words) {
        for (long word : words) {
            add(word);
        }
    }

    private void add(long word) {
        block[filled++] = word;
        if (filled == BLOCK) {
            session.send(block, BLOCK);
            filled = 0;
        }
    }

    private boolean add(InstructionSource words) {
        while (words.next()) {
            add(words.word());
            if (filled == 0 && stop.getAsBoolean()) {
                return false;
            }
        }
        return !stop.getAsBoolean();
    }

    private boolean addDigested(InstructionSource words, MessageDigest digest) {
        ByteBuffer bytes = ByteBuffer.allocate(BLOCK * Long.BYTES);
        while (words.next()) {
            long word = words.word();
            bytes.putLong(word);
            if (!bytes.hasRemaining()) {
                digest.update(bytes.flip());
                bytes.clear();
            }
            add(word);
            if (filled == 0 && stop.getAsBoolean()) {
                return false;
            }
        }
        digest.update(bytes.flip());
        return !stop.getAsBoolean();
    }
}
