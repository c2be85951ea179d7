package firstspike.runtime.mapping;

import firstspike.runtime.network.ChipSettings.SourceOrder;

/**
 * Addresses of the published software for neurons of two circuits (inloop.md 13.2). A source is a logical neuron or an
 * external input, 0 to 255 within its kind. It is heard by one row pair of each hemisphere; sources of the lower and the
 * upper half share row pairs and differ in bit 5 of their synapse label:
 *
 * <pre>
 * event address   7 6        5 4 3 2       1 0
 *               | select | label base    | 0 kind |     kind 0: neuron, 1: external
 *                        |  synapse label         |
 * </pre>
 */
final class PublishedScheme {

    /** Sources of one kind, and signed inputs that a neuron can have. */
    static final int SOURCES = 256;
    /** Row pairs of a hemisphere. */
    static final int ROW_PAIRS = 128;
    /** Circuits of a logical neuron. */
    static final int CIRCUITS = 2;
    /** Logical neurons of a chip. */
    static final int NEURONS = 256;
    /** Bits of the row select that drivers compare: the two low ones. */
    static final int COMPARE_MASK = 0b00011;

    private PublishedScheme() {}

    /** Source number of the external input with this row index. */
    static int sourceOfRow(int row, SourceOrder order) {
        return switch (order) {
            case PUBLISHED -> row;
            case SPREAD -> 16 * ((row + row / 4) % 4) + row / 4 % 16 + 64 * (row / 64);
        };
    }

    /** Bus, and for an external source the SPL1 channel. */
    static int bus(int source) {
        return source / 16 % 4;
    }

    /** Event address of an on-chip source; bits 0 and 1 are free. */
    static int address(int source) {
        int onBus = source % 16 + 16 * (source / 64);
        return (onBus >> 2) + ((onBus & 3) << 4) << 2;
    }

    /** 16-bit label of an external event. */
    static int externalLabel(int source) {
        return bus(source) << 14 | address(source) + 1;
    }

    /** Synapse label that a source is heard with. */
    static int synapseLabel(int source, boolean external) {
        return (address(source) & 0x3f) + (external ? 1 : 0);
    }

    /** 0: heard by the even circuit, 1: by the odd one. */
    static int half(int source) {
        return source / (SOURCES / 2);
    }

    /** Row pair, which is the driver on its hemisphere, that hears a source. */
    static int rowPair(int source) {
        int address = address(source);
        int select = address >> 6;
        int base = address >> 2 & 7;
        int group = (base & 1) << 2 | base & 2 | base >> 2;
        return 16 * group + 4 * select + bus(source);
    }
}
