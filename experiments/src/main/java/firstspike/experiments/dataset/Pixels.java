package firstspike.experiments.dataset;

import firstspike.runtime.training.SampleValues;
import java.util.Arrays;

/** What becomes of the pixels of an image (inloop.md 11). Each kind gives one value from 0 to 1 an input. */
enum Pixels {

    /** 28 x 28, every byte over 256. */
    FULL(IdxImages.SIDE, IdxImages.SIDE) {
        @Override
        void prepare(byte[] bytes, int offset, byte[] codes, int at) {
            System.arraycopy(bytes, offset, codes, at, inputs());
        }

        @Override
        double level(int code) {
            return code / 256.0;
        }
    },
    /** The centre of 28 x 28 in 16 x 16. */
    SHRUNK(IdxImages.SIDE, ImageResize.SIDE) {
        @Override
        void prepare(byte[] bytes, int offset, byte[] codes, int at) {
            store(ImageResize.prepare(bytes, offset), codes, at);
        }
    },
    /** 8 x 8 of 0 to 16 in 16 x 16. */
    ENLARGED(Digits.SIDE, ImageResize.SIDE) {
        @Override
        void prepare(byte[] bytes, int offset, byte[] codes, int at) {
            store(Digits.enlarge(bytes, offset), codes, at);
        }
    };

    private final int side;
    private final int preparedSide;

    Pixels(int side, int preparedSide) {
        this.side = side;
        this.preparedSide = preparedSide;
    }

    static Pixels of(String dataset) {
        return switch (dataset) {
            case "mnist_16x16" -> SHRUNK;
            case "digits" -> ENLARGED;
            default -> FULL;
        };
    }

    /** Values a sample. */
    int inputs() {
        return preparedSide * preparedSide;
    }

    /** The pixels of one image, a byte each. */
    abstract void prepare(byte[] bytes, int offset, byte[] codes, int at);

    /** The value of a byte; published as a division in single precision. */
    double level(int code) {
        return code / 255f;
    }

    /** Some neighbouring images of a file with their labels. */
    Samples samples(IdxImages images, IdxImages labels, int from, int size) {
        int inputs = inputs();
        byte[] codes = new byte[Math.multiplyExact(size, inputs)];
        int[] classes = new int[size];
        for (int s = 0; s < size; s++) {
            classes[s] = labels.label(from + s);
            prepare(images.bytes(), images.imageOffset(from + s, side), codes, s * inputs);
        }
        double[] levels = new double[1 << Byte.SIZE];
        Arrays.setAll(levels, this::level);
        return new Samples(inputs, IdxImages.CLASSES, SampleValues.coded(codes, levels), classes);
    }

    private static void store(int[] pixels, byte[] codes, int at) {
        for (int i = 0; i < pixels.length; i++) {
            codes[at + i] = (byte) pixels[i];
        }
    }
}
