package firstspike.experiments.dataset;

/** What becomes of the pixels of an image (inloop.md 11). Each kind gives one value from 0 to 1 an input. */
enum Pixels {

    /** 28 x 28, every byte over 256. */
    FULL(IdxImages.SIDE, IdxImages.SIDE) {
        @Override
        void values(byte[] bytes, int offset, double[] values, int at) {
            for (int i = 0; i < inputs(); i++) {
                values[at + i] = (bytes[offset + i] & 0xFF) / 256.0;
            }
        }
    },
    /** The centre of 28 x 28 in 16 x 16. */
    SHRUNK(IdxImages.SIDE, ImageResize.SIDE) {
        @Override
        void values(byte[] bytes, int offset, double[] values, int at) {
            single(ImageResize.prepare(bytes, offset), values, at);
        }
    },
    /** 8 x 8 of 0 to 16 in 16 x 16. */
    ENLARGED(Digits.SIDE, ImageResize.SIDE) {
        @Override
        void values(byte[] bytes, int offset, double[] values, int at) {
            single(Digits.enlarge(bytes, offset), values, at);
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

    abstract void values(byte[] bytes, int offset, double[] values, int at);

    /** Some neighbouring images of a file with their labels. */
    Samples samples(IdxImages images, IdxImages labels, int from, int size) {
        int inputs = inputs();
        double[] values = new double[Math.multiplyExact(size, inputs)];
        int[] classes = new int[size];
        for (int s = 0; s < size; s++) {
            classes[s] = labels.label(from + s);
            values(images.bytes(), images.imageOffset(from + s, side), values, s * inputs);
        }
        return new Samples(inputs, IdxImages.CLASSES, values, classes);
    }

    /** Published as a division in single precision. */
    private static void single(int[] pixels, double[] values, int at) {
        for (int i = 0; i < pixels.length; i++) {
            values[at + i] = pixels[i] / 255f;
        }
    }
}
