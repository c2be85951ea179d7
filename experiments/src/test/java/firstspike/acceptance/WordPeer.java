package firstspike.acceptance;

import firstspike.driver.hostarq.EndpointHandler;
import firstspike.driver.hostarq.FrameListener;
import firstspike.driver.hostarq.WordSender;
import firstspike.driver.message.WireException;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One side of a session that expects a seeded sequence of words and compares each of them. */
final class WordPeer implements FrameListener, EndpointHandler {

    static final int UT_WORDS = 0x0010;

    private final int expected;
    private final CompletableFuture<Long> end = new CompletableFuture<>();
    private final SplittableRandom sequence;
    private volatile WordSender sender;
    private int received;

    WordPeer(int expected, long seed) {
        this.expected = expected;
        this.sequence = new SplittableRandom(seed);
    }

    /** The words that a peer with this seed expects. */
    static long[] words(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] words = new long[count];
        for (int i = 0; i < count; i++) {
            words[i] = random.nextLong();
        }
        return words;
    }

    @Override
    public void words(long[] words, int count) {
        for (int i = 0; i < count; i++) {
            if (received == expected || words[i] != sequence.nextLong()) {
                end.completeExceptionally(new AssertionError("word " + received + " is wrong or one too many"));
                return;
            }
            received++;
        }
        if (received == expected) {
            end.complete(System.nanoTime());
        }
    }

    @Override
    public void frame(int packetType, long[] words, int count) {
        words(words, count);
    }

    @Override
    public void failed(WireException cause) {
        end.completeExceptionally(cause);
    }

    @Override
    public void sessionStarted(WordSender started) {
        sender = started;
    }

    @Override
    public void flushRequested() {
        // nothing waits here
    }

    @Override
    public boolean ready() {
        return true;
    }

    WordSender sender() {
        return sender;
    }

    /** Waits for the last word; {@code System.nanoTime()} when it came. */
    long await(long seconds) throws InterruptedException {
        try {
            return end.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError(received + " of " + expected + " words after " + seconds + " s", e);
        }
    }

    /** Waits for the error that the session dies of. */
    WireException failure(long seconds) throws InterruptedException {
        try {
            end.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return (WireException) e.getCause();
        } catch (TimeoutException e) {
            throw new AssertionError("no error after " + seconds + " s", e);
        }
        throw new AssertionError("no error");
    }
}
