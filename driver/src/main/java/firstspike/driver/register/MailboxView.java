package firstspike.driver.register;

import firstspike.driver.coordinate.Hemisphere;
import java.nio.charset.StandardCharsets;

/**
 * The mailbox of a plasticity processor: the last 1024 words of its memory, in which programs leave text that ends at the
 * first zero byte (registers.md 15). Immutable.
 */
public final class MailboxView {

    /** Words of the mailbox. */
    public static final int WORDS = 1024;

    private static final int MEMORY_WORDS = 4096;

    private final byte[] bytes;

    private MailboxView(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Addresses of the mailbox of a processor, ascending: what to read for {@link #of}. */
    public static int[] addresses(Hemisphere processor) {
        ContainerLayout layout = Container.PPU_MEMORY_WORD.layout();
        int[] addresses = new int[WORDS];
        for (int i = 0; i < WORDS; i++) {
            addresses[i] = layout.address(MEMORY_WORDS * processor.index() + MEMORY_WORDS - WORDS + i, 0);
        }
        return addresses;
    }

    /**
     * The mailbox from its words, the most significant byte of each first.
     *
     * @param words in ascending order of their addresses; any number from the first on
     */
    public static MailboxView of(int[] words) {
        byte[] bytes = new byte[Integer.BYTES * words.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (words[i / 4] >>> 24 - 8 * (i % 4));
        }
        return new MailboxView(bytes);
    }

    /** The text up to the first zero byte, or up to the end; what is not UTF-8 becomes a replacement character. */
    public String text() {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "MailboxView(" + text() + ")";
    }
}
