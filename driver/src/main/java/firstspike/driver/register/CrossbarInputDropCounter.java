package firstspike.driver.register;

import firstspike.driver.coordinate.CrossbarInput;

/**
 * Events of a crossbar input that were dropped because an output was full, at nodes that count drops (registers.md
 * 9.3).
 *
 * @param value drops since the chip reset, modulo 2^16
 */
public record CrossbarInputDropCounter(int value) {

    /** Address to read. */
    public static int readAddress(CrossbarInput input) {
        return Container.CROSSBAR_INPUT_DROP_COUNTER.layout().address(input.index(), 0);
    }

    /** Meaning of the word that was read; bits without meaning are ignored. */
    public static CrossbarInputDropCounter decode(int word) {
        ContainerValues values = Container.CROSSBAR_INPUT_DROP_COUNTER.layout().decode(new int[] {word});
        return new CrossbarInputDropCounter((int) values.value("value"));
    }

    /**
     * Drops between two reads, fewer than 2^16 of them.
     *
     * @param before the earlier read
     * @return difference modulo 2^16
     */
    public int since(CrossbarInputDropCounter before) {
        return value - before.value & 0xFFFF;
    }
}
