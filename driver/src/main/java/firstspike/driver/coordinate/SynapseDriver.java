package firstspike.driver.coordinate;

/**
 * Circuit that drives two rows of a synapse array. The number is 128 times the hemisphere plus the number on the
 * block (registers.md 3.1, 3.4).
 *
 * @param index number, 0..255
 */
public record SynapseDriver(int index) implements Comparable<SynapseDriver> {

    /** Synapse drivers of a chip. */
    public static final int COUNT = 256;

    /** Checks the range: {@link IllegalArgumentException} outside 0..255. */
    public SynapseDriver {
        Bounds.check("SynapseDriver", index, COUNT);
    }

    /** The coordinate with this number; {@link IllegalArgumentException} outside 0..255. */
    public static SynapseDriver of(int index) {
        return new SynapseDriver(index);
    }

    /** Drivers of one hemisphere. */
    public static final int ON_BLOCK = 128;

    /**
     * The driver with a number on its block.
     *
     * @param onBlock 0..127
     * @throws IllegalArgumentException outside 0..127
     */
    public static SynapseDriver of(Hemisphere hemisphere, int onBlock) {
        Bounds.check("synapse driver on block", onBlock, ON_BLOCK);
        return new SynapseDriver(ON_BLOCK * hemisphere.index() + onBlock);
    }

    /**
     * The driver with a number on a PADI bus.
     *
     * @param onPadiBus 0..31, what a label's row select is compared with
     * @throws IllegalArgumentException outside 0..31
     */
    public static SynapseDriver of(PadiBus bus, int onPadiBus) {
        Bounds.check("synapse driver on PADI bus", onPadiBus, PadiBus.DRIVERS);
        return of(bus.hemisphere(), PadiBus.ON_BLOCK * onPadiBus + bus.onBlock());
    }

    /** Hemisphere whose synapse rows it drives. */
    public Hemisphere hemisphere() {
        return Hemisphere.of(index / ON_BLOCK);
    }

    /** Number on its block, 0..127. */
    public int onBlock() {
        return index % ON_BLOCK;
    }

    /** Bus that it listens to. */
    public PadiBus padiBus() {
        return PadiBus.of(hemisphere(), onBlock() % PadiBus.ON_BLOCK);
    }

    /** Number on its bus, 0..31. */
    public int onPadiBus() {
        return onBlock() / PadiBus.ON_BLOCK;
    }

    /** Upper of its two rows. */
    public SynapseRow topRow() {
        return SynapseRow.of(2 * onBlock() + 1);
    }

    /** Lower of its two rows. */
    public SynapseRow bottomRow() {
        return SynapseRow.of(2 * onBlock());
    }

    /** Quadrant whose CapMem cells bias its short-term plasticity. */
    public Quadrant capMemBlock() {
        return Quadrant.of(2 * hemisphere().index() + onBlock() % 2);
    }

    @Override
    public int compareTo(SynapseDriver other) {
        return Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return "SynapseDriver(" + index + ")";
    }
}
