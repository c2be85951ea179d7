package firstspike.emulator.analog;

/**
 * Works by plain loops until the vectors have proved to be faster. Before the JVM has compiled it, a loop of vectors takes a
 * hundred times as long, and many a run is over by then; so one event in some is given to it, and both are timed. Which of
 * them works cannot be seen in what they compute.
 */
final class WarmingLaneKernel implements LaneKernel {
    private static final int EVERY = 128;
    /** Groups as small are no measure. */
    private static final int LEAST_PLACES = 32;

    private final LaneKernel plain;
    private final LaneKernel vectors;
    private final Race race;
    private int calls;

    WarmingLaneKernel(LaneKernel plain, LaneKernel vectors) {
        this(plain, vectors, new Race());
    }

    private WarmingLaneKernel(LaneKernel plain, LaneKernel vectors, Race race) {
        this.plain = plain;
        this.vectors = vectors;
        this.race = race;
    }

    @Override
    public LaneKernel copy() {
        return new WarmingLaneKernel(plain.copy(), vectors.copy(), race);
    }

    @Override
    public boolean suits() {
        return vectors.suits();
    }

    @Override
    public void moveAlike(LaneColumns at, LaneRows pulses, double membrane, double decay, double response, int n) {
        LaneKernel kernel = next(n);
        long start = start(n);
        kernel.moveAlike(at, pulses, membrane, decay, response, n);
        stop(kernel, start, n);
    }

    @Override
    public void moveEach(
            LaneColumns at, LaneRows pulses, double[] membrane, double[][] decay, double[][] response, int n) {
        LaneKernel kernel = next(n);
        long start = start(n);
        kernel.moveEach(at, pulses, membrane, decay, response, n);
        stop(kernel, start, n);
    }

    @Override
    public void moveSaturating(
            LaneColumns at, LaneRows pulses, double[] membrane, double[][] decay, double[][] response, int n) {
        LaneKernel kernel = next(n);
        long start = start(n);
        kernel.moveSaturating(at, pulses, membrane, decay, response, n);
        stop(kernel, start, n);
    }

    @Override
    public int earliest(double[] y, int n) {
        return (race.won ? vectors : plain).earliest(y, n);
    }

    private LaneKernel next(int n) {
        if (race.won) {
            return vectors;
        }
        if (n < LEAST_PLACES) {
            return plain;
        }
        calls++;
        return calls % EVERY == 0 ? vectors : plain;
    }

    private long start(int n) {
        return !race.won && n >= LEAST_PLACES && calls % EVERY < 2 ? System.nanoTime() : 0;
    }

    private void stop(LaneKernel kernel, long start, int n) {
        if (start != 0) {
            race.took(kernel == vectors, (double) (System.nanoTime() - start) / n);
        }
    }

    /** Shared by all threads of a chip, which may spoil each other's averages but not the race. */
    private static final class Race {
        private static final int TRIES = 64;
        private static final double SHARE = 1.0 / 16;

        private volatile boolean won;
        private int tries;
        private double plainNanos = Double.NaN;
        private double vectorNanos = Double.NaN;

        void took(boolean vectors, double nanosOfPlace) {
            if (!vectors) {
                plainNanos = average(plainNanos, nanosOfPlace);
                return;
            }
            vectorNanos = average(vectorNanos, nanosOfPlace);
            tries++;
            if (tries >= TRIES && vectorNanos < plainNanos) {
                won = true;
            }
        }

        private static double average(double before, double now) {
            return Double.isNaN(before) ? now : before + SHARE * (now - before);
        }
    }
}
