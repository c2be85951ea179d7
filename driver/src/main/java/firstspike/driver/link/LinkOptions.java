package firstspike.driver.link;

import java.time.Duration;
import java.util.Optional;

/**
 * What holds for a whole link (playback.md 13.4).
 *
 * @param firstProgramOrdinal ordinal of the first program that is not set-up; decides the trial noise of an emulator
 * @param shared name of a common virtual chip, or empty for an own one
 * @param connectPatience how long the first connection may take
 * @param linkPatience how long a broken link is mended before it is given up
 * @param threads worker threads that an in-process emulator may use; changes no byte
 * @param ppu what the start of a plasticity processor does, or empty: as the target says
 * @param listener hears when a remote link breaks and when it is back
 */
public record LinkOptions(
        long firstProgramOrdinal,
        Optional<String> shared,
        Duration connectPatience,
        Duration linkPatience,
        int threads,
        Optional<PpuPolicy> ppu,
        LinkListener listener) {

    /** Checks the ranges. */
    public LinkOptions {
        if (firstProgramOrdinal < 0) {
            throw new IllegalArgumentException(
                    "first program ordinal: " + firstProgramOrdinal + " (limit: 0 or more); start from 0");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads + " (limit: 1 or more); use 1");
        }
    }

    /** Ordinal 0, an own chip, 10 s to connect, 60 s to mend, one thread. */
    public static LinkOptions defaults() {
        return new LinkOptions(
                0,
                Optional.empty(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                1,
                Optional.empty(),
                LinkListener.NONE);
    }

    /**
     * @param ordinal of the first program, 0 or more
     * @return the same options with another first ordinal
     */
    public LinkOptions withFirstProgramOrdinal(long ordinal) {
        return new LinkOptions(ordinal, shared, connectPatience, linkPatience, threads, ppu, listener);
    }

    /**
     * @param name of the common virtual chip
     * @return the same options on that chip
     */
    public LinkOptions withShared(String name) {
        return new LinkOptions(
                firstProgramOrdinal, Optional.of(name), connectPatience, linkPatience, threads, ppu, listener);
    }

    /**
     * @param connect for the first connection
     * @param link for mending a broken one
     * @return the same options with other patience
     */
    public LinkOptions withPatience(Duration connect, Duration link) {
        return new LinkOptions(firstProgramOrdinal, shared, connect, link, threads, ppu, listener);
    }

    /**
     * @param count of worker threads, 1 or more
     * @return the same options with so many threads
     */
    public LinkOptions withThreads(int count) {
        return new LinkOptions(firstProgramOrdinal, shared, connectPatience, linkPatience, count, ppu, listener);
    }

    /**
     * @param policy for the start of a plasticity processor
     * @return the same options with that policy
     */
    public LinkOptions withPpu(PpuPolicy policy) {
        return new LinkOptions(
                firstProgramOrdinal, shared, connectPatience, linkPatience, threads, Optional.of(policy), listener);
    }

    /**
     * @param hears what happens to the connection
     * @return the same options with that listener
     */
    public LinkOptions withListener(LinkListener hears) {
        return new LinkOptions(firstProgramOrdinal, shared, connectPatience, linkPatience, threads, ppu, hears);
    }
}
