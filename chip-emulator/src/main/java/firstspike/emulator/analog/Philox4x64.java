package firstspike.emulator.analog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The counter-based generator Philox4x64-10 of one named stream: a block of four words is a function of stream, seed and
 * four counter words, so draws depend on no order (analog.md section 1). The block drawn last is kept in this object;
 * one owner thread, {@link #copy()} for another.
 */
public final class Philox4x64 {
    private static final long MULTIPLIER_0 = 0xD2E7470EE14C6C93L;
    private static final long MULTIPLIER_1 = 0xCA5A826395121157L;
    private static final long WEYL_0 = 0x9E3779B97F4A7C15L;
    private static final long WEYL_1 = 0xBB67AE8584CAA73BL;
    private static final int ROUNDS = 10;

    private final long key0;
    private final long key1;
    private long word0;
    private long word1;
    private long word2;
    private long word3;

    private Philox4x64(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /** The stream of this name ({@code pattern}, {@code trial}, …) and seed; the key is taken from a SHA-256. */
    public static Philox4x64 ofStream(String stream, long seed) {
        String name = "firstspike/" + stream + "/" + Long.toUnsignedString(seed);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            ByteBuffer words = ByteBuffer.wrap(digest).order(ByteOrder.LITTLE_ENDIAN);
            return new Philox4x64(words.getLong(0), words.getLong(8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java runtime; every runtime must have it", e);
        }
    }

    /** A generator of the same stream for another thread. */
    public Philox4x64 copy() {
        return new Philox4x64(key0, key1);
    }

    /** Draws the block of this counter. */
    public void block(long c0, long c1, long c2, long c3) {
        long k0 = key0;
        long k1 = key1;
        long a = c0;
        long b = c1;
        long c = c2;
        long d = c3;
        for (int round = 0; round < ROUNDS; round++) {
            long high0 = unsignedHigh(MULTIPLIER_0, a);
            long low0 = MULTIPLIER_0 * a;
            long high1 = unsignedHigh(MULTIPLIER_1, c);
            long low1 = MULTIPLIER_1 * c;
            a = high1 ^ b ^ k0;
            b = low1;
            c = high0 ^ d ^ k1;
            d = low0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        word0 = a;
        word1 = b;
        word2 = c;
        word3 = d;
    }

    /** Word 0..3 of the block drawn last. */
    public long word(int index) {
        switch (index) {
            case 0:
                return word0;
            case 1:
                return word1;
            case 2:
                return word2;
            default:
                return word3;
        }
    }

    /** Normal A of the block drawn last. */
    public double normalA() {
        return PolynomialNormal.of(word0, word1);
    }

    /** Normal B of the block drawn last. */
    public double normalB() {
        return PolynomialNormal.of(word2, word3);
    }

    /** Uniform of word 0 of the block drawn last. */
    public double uniform() {
        return PolynomialNormal.uniform(word0);
    }

    // both multipliers have their highest bit set, so one of the two corrections of the signed product is certain
    private static long unsignedHigh(long negativeAsSigned, long x) {
        return Math.multiplyHigh(negativeAsSigned, x) + x + ((x >> 63) & negativeAsSigned);
    }
}
