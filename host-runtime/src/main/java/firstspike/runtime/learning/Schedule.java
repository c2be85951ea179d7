package firstspike.runtime.learning;

import java.util.Objects;

/**
 * How the learning rate falls ({@code inloop.md} sections 9 and 14.4).
 *
 * @param kind shape
 * @param everyEpochs epochs per factor, at least 1 (not used by constant and cosine)
 * @param gamma factor, above 0 and at most 1 (not used by constant and cosine)
 */
public record Schedule(Kind kind, int everyEpochs, double gamma) {
    /** The shapes. */
    public enum Kind {
        /** The rate stays. */
        CONSTANT,
        /** gamma^floor(epoch/everyEpochs). */
        STEP,
        /** gamma^(epoch/everyEpochs), once per epoch. */
        EXPONENTIAL,
        /** Half a cosine over the batches of the whole run, set before each batch. */
        COSINE
    }

    /** No schedule. */
    public static final Schedule CONSTANT = new Schedule(Kind.CONSTANT, 1, 1);

    /** Half a cosine to 0 at the end of the run. */
    public static final Schedule COSINE = new Schedule(Kind.COSINE, 1, 1);

    /** Checks ranges; throws {@link IllegalArgumentException} that names the value. */
    public Schedule {
        Objects.requireNonNull(kind, "kind");
        if (everyEpochs < 1 || !(gamma > 0 && gamma <= 1)) {
            throw new IllegalArgumentException("schedule every_epochs " + everyEpochs + ", gamma " + gamma
                    + " (expected: every_epochs >= 1, 0 < gamma <= 1)");
        }
    }

    /**
     * Factor on the learning rate of a batch.
     *
     * @param epoch epoch from 0
     * @param batch batches begun before this one in the whole run, rescued ones included
     * @param batches batches of the whole run
     * @return 0 to 1
     */
    public double factor(int epoch, long batch, long batches) {
        return switch (kind) {
            case CONSTANT -> 1;
            case STEP -> StrictMath.pow(gamma, epoch / everyEpochs);
            case EXPONENTIAL -> StrictMath.pow(gamma, (double) epoch / everyEpochs);
            case COSINE -> batches == 0 ? 1 : 0.5 * (1 + StrictMath.cos(StrictMath.PI * batch / batches));
        };
    }
}
