package firstspike.runtime.distortion;

import firstspike.runtime.learning.RandomStream;

/**
 * Random numbers of one sample of one run. The key follows from the seed, the counter from run and sample, so no order of
 * computation changes them.
 */
final class TrialDraws {
    private static final int COUNTER_SAMPLE = 3;
    private static final int COUNTER_RUN = 4;
    private static final int POSITION = 6;
    private static final int EMPTY = 4;

    private final long[] key;

    TrialDraws(long seed) {
        key = RandomStream.of("distortion-trial", seed).state();
    }

    /** The stream of a sample at its beginning. */
    RandomStream of(long run, int sample) {
        long[] state = key.clone();
        state[COUNTER_SAMPLE] = sample;
        state[COUNTER_RUN] = run;
        state[POSITION] = EMPTY;
        return RandomStream.ofState(state);
    }
}
