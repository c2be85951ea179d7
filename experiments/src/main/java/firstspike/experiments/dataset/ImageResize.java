package firstspike.experiments.dataset;

/**
 * Shrinks images with a triangle filter in fixed point, rows first, as the image library of the published experiments does
 * (inloop.md 11): bit for bit the same bytes.
 */
public final class ImageResize {

    /** Side of the prepared image. */
    public static final int SIDE = 16;

    private static final int CROP_FROM = 2;
    private static final int CROP = 24;
    private static final int BITS = 22;

    private ImageResize() {}

    /**
     * Centre crop to 24 x 24, then 16 x 16.
     *
     * @param image 28 x 28 bytes from {@code offset}, row-major
     * @param offset where the image begins
     * @return 256 values, 0 to 255
     */
    public static int[] prepare(byte[] image, int offset) {
        int[] cropped = new int[CROP * CROP];
        for (int y = 0; y < CROP; y++) {
            for (int x = 0; x < CROP; x++) {
                cropped[y * CROP + x] = image[offset + (y + CROP_FROM) * IdxImages.SIDE + x + CROP_FROM] & 0xFF;
            }
        }
        return resize(cropped, CROP, CROP, SIDE, SIDE);
    }

    /**
     * Resizes an image.
     *
     * @param image 0 to 255, row-major
     * @param height of the image
     * @param width of the image
     * @param newHeight of the result
     * @param newWidth of the result
     * @return 0 to 255, row-major
     */
    public static int[] resize(int[] image, int height, int width, int newHeight, int newWidth) {
        int[] narrow = new int[height * newWidth];
        for (int x = 0; x < newWidth; x++) {
            Filter filter = Filter.of(x, width, newWidth);
            for (int y = 0; y < height; y++) {
                narrow[y * newWidth + x] = filter.apply(image, y * width, 1);
            }
        }
        int[] small = new int[newHeight * newWidth];
        for (int y = 0; y < newHeight; y++) {
            Filter filter = Filter.of(y, height, newHeight);
            for (int x = 0; x < newWidth; x++) {
                small[y * newWidth + x] = filter.apply(narrow, x, newWidth);
            }
        }
        return small;
    }

    /** Integer weights of the source pixels of one output pixel. */
    private record Filter(int first, int[] weights) {

        static Filter of(int output, int from, int to) {
            double scale = (double) from / to;
            double support = Math.max(scale, 1);
            double centre = (output + 0.5) * scale;
            int first = Math.max(0, (int) Math.floor(centre - support + 0.5));
            int end = Math.min(from, (int) Math.floor(centre + support + 0.5));
            double[] real = new double[end - first];
            double sum = 0;
            for (int x = first; x < end; x++) {
                real[x - first] = Math.max(0, 1 - Math.abs((x - centre + 0.5) / support));
                sum += real[x - first];
            }
            int[] weights = new int[real.length];
            for (int i = 0; i < real.length; i++) {
                weights[i] = (int) Math.floor(real[i] / sum * (1 << BITS) + 0.5);
            }
            return new Filter(first, weights);
        }

        int apply(int[] pixels, int offset, int stride) {
            long sum = 1L << (BITS - 1);
            for (int i = 0; i < weights.length; i++) {
                sum += (long) weights[i] * pixels[offset + (first + i) * stride];
            }
            return (int) Math.max(0, Math.min(255, sum >> BITS));
        }
    }
}
