package firstspike.driver.register;

/** Program image of a plasticity processor as memory words, most significant byte first (registers.md 15). */
public final class PpuProgram {

    /** Largest image. */
    public static final int MAXIMUM_BYTES = 4 * 4096;

    private PpuProgram() {}

    /**
     * Words of an image, from memory word 0 on; the last one is padded with zero bytes.
     *
     * @param image bytes of the program
     * @throws IllegalArgumentException for more than {@link #MAXIMUM_BYTES}
     */
    public static int[] words(byte[] image) {
        if (image.length > MAXIMUM_BYTES) {
            throw new IllegalArgumentException("PPU program: " + image.length + " bytes, at most " + MAXIMUM_BYTES
                    + " fit into the memory; make it smaller or use the external memory");
        }
        int[] words = new int[(image.length + 3) / 4];
        for (int i = 0; i < image.length; i++) {
            words[i / 4] |= (image[i] & 0xFF) << 24 - 8 * (i % 4);
        }
        return words;
    }
}
