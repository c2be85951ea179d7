package firstspike.experiments.bench;

import firstspike.driver.hostarq.FrameListener;
import firstspike.driver.message.WireException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Takes a known sequence of words and compares each; one network thread. */
final class WordCheck implements FrameListener {

    /** Packet type of words to and from the FPGA (wire.md 11). */
    static final int UT_WORDS = 0x0010;

    private static final long MIX = 0x9e3779b97f4a7c15L;
    private static final int CHUNK = 180 * 64;

    private final long expected;
    private final CompletableFuture<Long> end = new CompletableFuture<>();
    private long received;

    WordCheck(long expected) {
        this.expected = expected;
    }

    /** Sends the sequence in chunks of whole frames. */
    static void send(long words, Chunks to) {
        long[] chunk = new long[CHUNK];
        for (long at = 0; at < words; at += CHUNK) {
            int count = (int) Math.min(CHUNK, words - at);
            for (int i = 0; i < count; i++) {
                chunk[i] = word(at + i);
            }
            to.send(chunk, count);
        }
    }

    private static long word(long index) {
        return (index + 1) * MIX;
    }

    @Override
    public void frame(int packetType, long[] words, int count) {
        for (int i = 0; i < count; i++) {
            if (words[i] != word(received + i)) {
                end.completeExceptionally(new IllegalStateException(
                        "word " + (received + i) + ": " + Long.toHexString(words[i]) + " (expected "
                                + Long.toHexString(word(received + i)) + "); this is a bug of HostARQ"));
                return;
            }
        }
        received += count;
        if (received >= expected) {
            end.complete(System.nanoTime());
        }
    }

    @Override
    public void failed(WireException cause) {
        end.completeExceptionally(cause);
    }

    /** Waits for the last word; when it came, {@code System.nanoTime()}. */
    long await() {
        try {
            return end.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a transfer failed: " + e.getCause().getMessage(), e.getCause());
        }
    }

    /** Where chunks go. */
    interface Chunks {
        void send(long[] words, int count);
    }
}
