package firstspike.driver.playback;

import static firstspike.driver.error.ProgramRejectedException.Code.MALFORMED_REQUEST;
import static firstspike.driver.error.ProgramRejectedException.Code.UNEXPECTED_HALT;

import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.message.ToFpga;
import java.time.Duration;

/** What the words of a program add up to, counted one by one as they come. Mutable, one owner thread. */
public final class ProgramTotals {

    private static final long NS_PER_TICK = 8;

    private final long[] expected = new long[ResponseKind.values().length];
    private long instructions;
    private long ticks;
    private long sectionTicks;
    private boolean polls;

    /** Nothing counted yet. */
    public ProgramTotals() {}

    /**
     * Counts the next word.
     *
     * @param word instruction in its UT form
     * @throws ProgramRejectedException when it is a halt, which only executors append
     * @throws ProgramRejectedException when it is no message
     */
    public void add(long word) {
        ToFpga.Kind kind = ToFpga.kind(word);
        if (kind == null) {
            throw new ProgramRejectedException(
                    MALFORMED_REQUEST,
                    "instruction " + instructions,
                    String.format("0x%016x", word),
                    "header byte 0x00 to 0x0f",
                    "send words as the message codec makes them");
        }
        sectionTicks++;
        switch (kind) {
            case OMNIBUS_ADDRESS -> count(ResponseKind.OMNIBUS, ToFpga.isRead(word));
            case JTAG_DATA -> count(ResponseKind.JTAG, ToFpga.keepsResponse(word));
            case LOOPBACK -> {
                if (ToFpga.value(word) == 0) {
                    throw new ProgramRejectedException(
                            UNEXPECTED_HALT,
                            "instruction " + instructions,
                            "halt",
                            "none in a user program",
                            "leave it out, the host appends it");
                }
                count(ResponseKind.LOOPBACK, true);
            }
            case TIMER_SETUP -> {
                ticks += sectionTicks - 1;
                sectionTicks = 0;
            }
            case WAIT_UNTIL -> sectionTicks = Math.max(sectionTicks - 1, ToFpga.value(word));
            case POLLING_OMNIBUS_BLOCK -> polls = true;
            default -> {}
        }
        instructions++;
    }

    private void count(ResponseKind kind, boolean answered) {
        if (answered) {
            expected[kind.ordinal()]++;
        }
    }

    /** Words counted. */
    public long instructions() {
        return instructions;
    }

    /**
     * @param kind of response
     * @return how many of them a complete result has
     */
    public long expectedResponses(ResponseKind kind) {
        return expected[kind.ordinal()];
    }

    /** Whether they wait for a value that the chip may take any time to show. */
    public boolean polls() {
        return polls;
    }

    /** Least time that they take: the longest wait between timer resets each time, else one tick a word. */
    public Duration predicted() {
        return Duration.ofNanos(Math.multiplyExact(ticks + sectionTicks, NS_PER_TICK));
    }
}
