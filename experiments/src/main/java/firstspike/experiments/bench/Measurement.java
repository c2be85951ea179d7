package firstspike.experiments.bench;

/**
 * One measured training.
 *
 * @param name of the benchmark
 * @param target URI
 * @param threads that were used
 * @param samples that were trained and validated
 * @param seconds wall time, set-up not counted
 * @param digest first hex digits of the SHA-256 of all weights
 * @param goal in words, empty for none
 */
public record Measurement(
        String name, String target, int threads, long samples, double seconds, String digest, String goal) {

    /** Microseconds a sample, validation counted. */
    public double microsecondsPerSample() {
        return samples == 0 ? 0 : seconds * 1e6 / samples;
    }
}
