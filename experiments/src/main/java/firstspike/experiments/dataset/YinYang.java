package firstspike.experiments.dataset;

/**
 * Generates the Yin-Yang data set (Kriener, Göltz, Petrovici, doi:10.1145/3517343.3517380), bit for bit as published: points
 * in a disc, each class equally likely, values x, y, 1-x, 1-y. Labels are indices: 0 yin, 1 yang, 2 dot.
 */
public final class YinYang {

    /** Values a sample. */
    public static final int INPUTS = 4;
    /** Number of classes. */
    public static final int CLASSES = 3;

    private static final double BIG = 0.5;
    private static final double SMALL = 0.1;

    private YinYang() {}

    /**
     * @param size number of samples, 0 or more
     * @param seed 0 to 2^32 - 1
     * @return the samples
     */
    public static Samples generate(int size, long seed) {
        MersenneTwister random = new MersenneTwister(seed);
        double[] values = new double[size * INPUTS];
        int[] labels = new int[size];
        for (int s = 0; s < size; s++) {
            int goal = random.nextBelowThree();
            double x;
            double y;
            do {
                x = random.nextDouble() * (2 * BIG);
                y = random.nextDouble() * (2 * BIG);
            } while (classOf(x, y) != goal);
            values[s * INPUTS] = x;
            values[s * INPUTS + 1] = y;
            values[s * INPUTS + 2] = 1 - x;
            values[s * INPUTS + 3] = 1 - y;
            labels[s] = goal;
        }
        return new Samples(INPUTS, CLASSES, values, labels);
    }

    /**
     * @param x from 0 to 1
     * @param y from 0 to 1
     * @return class of the point, -1 outside of the disc
     */
    public static int classOf(double x, double y) {
        if (distance(x, y, BIG, BIG) > BIG) {
            return -1;
        }
        double right = distance(x, y, 1.5 * BIG, BIG);
        double left = distance(x, y, 0.5 * BIG, BIG);
        if (right < SMALL || left < SMALL) {
            return 2;
        }
        boolean second = right <= SMALL || SMALL < left && left <= 0.5 * BIG || y > BIG && right > 0.5 * BIG;
        return second ? 1 : 0;
    }

    private static double distance(double x, double y, double centreX, double centreY) {
        double dx = x - centreX;
        double dy = y - centreY;
        return Math.sqrt(dx * dx + dy * dy);
    }
}
