package firstspike.runtime.learning;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A named stream of random numbers: Philox4x64-10 with NumPy's conventions (the counter is raised before each block of four).
 * Mutable, one owner thread. The whole state is seven words, so a stream can be stored and continued exactly
 * ({@code formats.md} section 4).
 */
public final class RandomStream {
    /** Number of words of a state: key 2, counter 4, position in the buffer 1. */
    public static final int STATE_WORDS = 7;

    private static final int BLOCK = 4;
    private static final double UNIT = 0x1p-53;

    private final long[] key = new long[2];
    private final long[] counter = new long[BLOCK];
    private final long[] buffer = new long[BLOCK];
    private int position = BLOCK;

    private RandomStream(long key0, long key1) {
        key[0] = key0;
        key[1] = key1;
    }

    /**
     * The stream of a name and a seed; the key is the first half of the SHA-256 of {@code firstspike/NAME/SEED}.
     *
     * @param name such as {@code init}, {@code shuffle}, {@code noise-input}
     * @param seed any number
     * @return a stream at its beginning
     */
    public static RandomStream of(String name, long seed) {
        byte[] text = ("firstspike/" + name + "/" + seed).getBytes(StandardCharsets.UTF_8);
        try {
            ByteBuffer digest = ByteBuffer.wrap(
                            MessageDigest.getInstance("SHA-256").digest(text))
                    .order(ByteOrder.LITTLE_ENDIAN);
            return new RandomStream(digest.getLong(0), digest.getLong(Long.BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java installation", e);
        }
    }

    /**
     * The stream that continues a stored state.
     *
     * @param state what {@link #state()} gave
     * @return a stream whose next number is the one that was next
     * @throws IllegalArgumentException if the length is not 7 or the position not in 0..4
     */
    public static RandomStream ofState(long[] state) {
        if (state.length != STATE_WORDS || state[6] < 0 || state[6] > BLOCK) {
            throw new IllegalArgumentException("state of a random stream has " + state.length
                    + " words (expected: 7, the last in 0..4); take one that was stored by this program");
        }
        RandomStream stream = new RandomStream(state[0], state[1]);
        System.arraycopy(state, 2, stream.counter, 0, BLOCK);
        stream.position = (int) state[6];
        if (stream.position < BLOCK) {
            Philox4x64.block(stream.key, stream.counter, stream.buffer);
        }
        return stream;
    }

    /**
     * The state as it is stored.
     *
     * @return key0, key1, counter0..3, position 0..4
     */
    public long[] state() {
        return new long[] {key[0], key[1], counter[0], counter[1], counter[2], counter[3], position};
    }

    /**
     * The next raw word.
     *
     * @return 64 random bits
     */
    public long nextLong() {
        if (position == BLOCK) {
            int word = 0;
            while (word < BLOCK && ++counter[word] == 0) {
                word++;
            }
            Philox4x64.block(key, counter, buffer);
            position = 0;
        }
        return buffer[position++];
    }

    /**
     * A number from the next raw word.
     *
     * @return uniform in [0, 1), a multiple of 2^-53
     */
    public double nextUniform() {
        return (nextLong() >>> 11) * UNIT;
    }

    /**
     * A number from the next two raw words.
     *
     * @return standard normal, see {@link PolynomialNormal}
     */
    public double nextNormal() {
        long a = nextLong();
        return PolynomialNormal.of(a, nextLong());
    }

    /**
     * An integer without bias, by rejection.
     *
     * @param bound number of values, at least 1
     * @return 0 to {@code bound - 1}
     */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound : " + bound + " (expected: > 0)");
        }
        long value = nextLong() >>> 1;
        long result = value % bound;
        while (value - result + (bound - 1) < 0) {
            value = nextLong() >>> 1;
            result = value % bound;
        }
        return (int) result;
    }

    /**
     * Puts an array into random order (Fisher and Yates, from the last element down).
     *
     * @param values changed in place
     */
    public void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = nextInt(i + 1);
            int value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
    }
}
