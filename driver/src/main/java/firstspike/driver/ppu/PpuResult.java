package firstspike.driver.ppu;

import firstspike.driver.link.RunHealth;
import firstspike.driver.register.MailboxView;

/**
 * What a program of a plasticity processor left.
 *
 * @param returnCode word 3071, signed
 * @param mailbox its 1024 words
 * @param slept whether it had come to its end
 * @param health of the last program of the host; an emulator's has what the processor did, {@link #cycles}
 */
public record PpuResult(int returnCode, int[] mailbox, boolean slept, RunHealth health) {

    /** In place of a number: the target does not tell. */
    public static final long UNKNOWN = -1;

    /** Text of the mailbox up to its first zero byte. */
    public String mailboxText() {
        return MailboxView.of(mailbox).text();
    }

    /**
     * A count of the processor since its start.
     *
     * @param key behind the number of the processor, for example {@code cycles}
     * @param ppu 0 top, 1 bottom
     * @return {@link #UNKNOWN} on hardware
     */
    public long count(int ppu, String key) {
        return health.counters().getOrDefault("ppu." + ppu + "." + key, UNKNOWN);
    }
}
