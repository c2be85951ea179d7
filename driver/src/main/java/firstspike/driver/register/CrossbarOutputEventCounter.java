package firstspike.driver.register;

import firstspike.driver.coordinate.CrossbarOutput;

/**
 * Events that left by a crossbar output while its counter was enabled (registers.md 9.3).
 *
 * @param value events since the chip reset, modulo 2^24
 */
public record CrossbarOutputEventCounter(int value) {

    /** Address to read. */
    public static int readAddress(CrossbarOutput output) {
        return Container.CROSSBAR_OUTPUT_EVENT_COUNTER.layout().address(output.index(), 0);
    }

    /** Meaning of the word that was read; bits without meaning are ignored. */
    public static CrossbarOutputEventCounter decode(int word) {
        ContainerValues values =
                Container.CROSSBAR_OUTPUT_EVENT_COUNTER.layout().decode(new int[] {word});
        return new CrossbarOutputEventCounter((int) values.value("value"));
    }

    /**
     * Events between two reads, fewer than 2^24 of them.
     *
     * @param before the earlier read
     * @return difference modulo 2^24
     */
    public int since(CrossbarOutputEventCounter before) {
        return value - before.value & 0xFF_FFFF;
    }
}
