package firstspike.driver.hostarq;

import firstspike.driver.message.WireException;

/**
 * The host's half of one attempt to open a session, from the reset frame on (wire.md 12): takes the frames in order, wants the
 * configuration answer in one or more parts, then its loopback frame; everything else is dropped. Mutable, of one thread.
 */
final class Handshake implements FrameSink {

    /** Time for the answer to a reset frame, ms. */
    static final long RESET_MILLIS = 2_000;

    /** Time for each further part of the answer, ms. */
    static final long PART_MILLIS = 1_000;

    /** Time for the loopback frame, ms. */
    static final long LOOPBACK_MILLIS = 400;

    private static final long MILLI = 1_000_000;

    private final ConfigurationAnswer answer;
    private final SessionErrors errors;
    private final long loopbackWord;
    private long now;
    private long deadline;
    private BitfileInformation information;
    private boolean echoed;

    /**
     * The reset frame has left.
     *
     * @param settings peer and limits
     * @param loopbackWord that has to come back
     * @param now ns
     */
    Handshake(SessionSettings settings, long loopbackWord, long now) {
        this.now = now;
        this.deadline = now + RESET_MILLIS * MILLI;
        this.answer = new ConfigurationAnswer(settings);
        this.errors = new SessionErrors(settings);
        this.loopbackWord = loopbackWord;
    }

    /** What is waited for. */
    enum Step {
        /** The first part of the configuration answer. */
        ANSWER,
        /** Another part of it. */
        PART,
        /** The loopback frame. */
        LOOPBACK,
        /** Nothing more: the session is open. */
        DONE
    }

    /** What is waited for now. */
    Step step() {
        if (information == null) {
            return answer.isEmpty() ? Step.ANSWER : Step.PART;
        }
        return echoed ? Step.DONE : Step.LOOPBACK;
    }

    /** Frames that come are of this time, ns. */
    void at(long present) {
        now = present;
    }

    /**
     * Takes the next frame in order.
     *
     * @throws WireException the answer or the loopback frame is not what it should be
     */
    @Override
    public void frame(int packetType, long[] words, int count) {
        switch (step()) {
            case ANSWER, PART -> {
                if (packetType == Frames.CONFIGURATION) {
                    part(words, count);
                }
            }
            case LOOPBACK -> {
                if (packetType == Frames.LOOPBACK) {
                    compare(words, count);
                }
            }
            case DONE -> {
                // what stands behind the loopback frame already is of nobody
            }
        }
    }

    private void part(long[] words, int count) {
        answer.part(words, count);
        deadline = now + PART_MILLIS * MILLI;
        if (answer.isComplete()) {
            information = answer.information();
            deadline = now + LOOPBACK_MILLIS * MILLI;
        }
    }

    private void compare(long[] words, int count) {
        if (count != 1) {
            throw errors.loopbackMismatch(count + " words", "1 word");
        }
        if (words[0] != loopbackWord) {
            throw errors.loopbackMismatch(hex(words[0]), hex(loopbackWord));
        }
        echoed = true;
    }

    private static String hex(long word) {
        return String.format("0x%016x", word);
    }

    /** When the present step has taken too long, ns. */
    long deadlineNanos() {
        return echoed ? Long.MAX_VALUE : deadline;
    }

    /**
     * The present step took too long.
     *
     * @param attempts that were made so far
     * @return the error that says so
     */
    WireException expired(int attempts) {
        return switch (step()) {
            case ANSWER -> errors.resetTimeout(attempts, RESET_MILLIS);
            case PART -> answer.missingPart();
            case LOOPBACK -> errors.loopbackTimeout(LOOPBACK_MILLIS);
            case DONE -> throw new IllegalStateException("handshake: done (limit: one that waits); report this");
        };
    }

    /** What the FPGA said of itself; when the answer is complete. */
    BitfileInformation information() {
        return information;
    }
}
