package firstspike.runtime.framing;

import java.util.zip.CRC32C;

/** CRC-32C (Castagnoli) and its masked form: rotated right by 15 bits plus a constant, so that a CRC of CRCs stays strong. */
public final class MaskedCrc {

    private static final int MASK = 0xA282EAD8;
    private static final int ROTATION = 15;

    private MaskedCrc() {}

    /**
     * @param bytes array
     * @param from first byte
     * @param length bytes
     * @return CRC-32C, not masked
     */
    public static int plain(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /**
     * @param bytes array
     * @param from first byte
     * @param length bytes
     * @return masked CRC-32C
     */
    public static int of(byte[] bytes, int from, int length) {
        return mask(plain(bytes, from, length));
    }

    /**
     * @param crc CRC-32C
     * @return its masked form
     */
    public static int mask(int crc) {
        return Integer.rotateRight(crc, ROTATION) + MASK;
    }

    /**
     * @param masked masked CRC-32C
     * @return the CRC-32C itself
     */
    public static int unmask(int masked) {
        return Integer.rotateLeft(masked - MASK, ROTATION);
    }
}
