package firstspike.experiments.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A small set of handwritten digits that the program carries, so that every way from images to a chip can be gone without a
 * download: 1797 images of 8 x 8 pixels, 0 to 16 (the test set of "Optical Recognition of Handwritten Digits", as scikit-learn
 * distributes it under BSD-3-Clause). Enlarged to 16 x 16 they fit the networks of MNIST in 16 x 16. Split: the first 1197 teach,
 * the next 300 validate, the last 300 test.
 */
public final class Digits {

    /** Name in experiment files. */
    public static final String NAME = "digits";
    /** Images that teach. */
    public static final int TRAIN = 1197;
    /** Images that validate. */
    public static final int VALIDATION = 300;
    /** Images that test. */
    public static final int TEST = 300;

    /** Side of a stored image. */
    static final int SIDE = 8;

    private static final int DARKEST = 16;
    private static final String PLACE = "/firstspike/experiments/digits/";

    private Digits() {}

    /** Under what terms the data may be used: the text that lies beside them. */
    public static String licence() {
        try {
            return new String(resource("LICENSE.txt"), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    static Dataset load(DatasetRequest request) {
        try {
            IdxImages images = idx("digits-images-idx3-ubyte.gz");
            IdxImages labels = idx("digits-labels-idx1-ubyte.gz");
            labels.pairedWith(images, SIDE);
            Pixels pixels = Pixels.ENLARGED;
            return new Dataset(
                    request.name(),
                    pixels.samples(images, labels, 0, ImageFolder.part("train", request.trainSize(), TRAIN)),
                    pixels.samples(
                            images,
                            labels,
                            TRAIN,
                            ImageFolder.part("validation", request.validationSize(), VALIDATION)),
                    pixels.samples(
                            images, labels, TRAIN + VALIDATION, ImageFolder.part("test", request.testSize(), TEST)),
                    List.of("data: digits, carried by the program (scikit-learn, BSD-3-Clause)"));
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** 16 x 16 bytes of an image: its pixels in 255 parts, then the filter of MNIST in 16 x 16. */
    static int[] enlarge(byte[] bytes, int offset) {
        int[] image = new int[SIDE * SIDE];
        for (int i = 0; i < image.length; i++) {
            image[i] = (bytes[offset + i] * 255 + DARKEST / 2) / DARKEST;
        }
        return ImageResize.resize(image, SIDE, SIDE, ImageResize.SIDE, ImageResize.SIDE);
    }

    private static IdxImages idx(String name) throws IOException {
        return IdxImages.of(name, resource(name), "install the program again");
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Digits.class.getResourceAsStream(PLACE + name)) {
            if (in == null) {
                throw new IOException("no resource " + name);
            }
            return in.readAllBytes();
        }
    }

    private static IllegalStateException broken(IOException cause) {
        return new IllegalStateException("embedded digits: unreadable; install the program again", cause);
    }
}
