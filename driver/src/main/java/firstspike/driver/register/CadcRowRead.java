package firstspike.driver.register;

import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.SynapseQuadColumn;
import firstspike.driver.coordinate.SynapseRow;

/**
 * Samples of all 512 CADC channels of one hemisphere (registers.md 11.3). The first read starts the conversion; the
 * value that it returns is not trusted, so that quad is read once more at the end.
 */
public final class CadcRowRead {

    /** Words to read: the triggering one, 127 buffered ones, and the first quad again. */
    public static final int READS = 129;

    private static final int QUADS = SynapseQuadColumn.COUNT;
    private static final int ON_SYNRAM = SynapseRow.COUNT * QUADS;

    private CadcRowRead() {}

    /** Addresses in the order in which they must be read. */
    public static int[] addresses(Hemisphere hemisphere, SynapseRow row) {
        ContainerLayout layout = Container.CADC_SAMPLE_QUAD.layout();
        int[] addresses = new int[READS];
        addresses[0] = layout.address(coordinate(hemisphere, false, 0, row, 0), 0);
        for (int read = 1; read < READS; read++) {
            int channel = read % (READS - 1) / QUADS;
            addresses[read] = layout.address(coordinate(hemisphere, true, channel, row, read % QUADS), 0);
        }
        return addresses;
    }

    /**
     * Samples in the words that were read.
     *
     * @param words as many as {@link #READS}, in the order of {@link #addresses}
     * @return causal channels 0..255 by column, then acausal ones 256..511; each 0..255
     * @throws IllegalArgumentException for another number of words
     */
    public static short[] samples(int[] words) {
        if (words.length != READS) {
            throw new IllegalArgumentException("CADC row: " + words.length + " words given, exactly " + READS
                    + " are needed; read all addresses of addresses()");
        }
        short[] samples = new short[2 * QUADS * SynapseQuadColumn.ENTRIES];
        for (int read = 1; read < READS; read++) {
            int quad = read % (READS - 1);
            for (int entry = 0; entry < SynapseQuadColumn.ENTRIES; entry++) {
                int column = SynapseQuadColumn.column(quad % QUADS, entry);
                samples[256 * (quad / QUADS) + column] = (short) (words[read] >>> 24 - 8 * entry & 0xFF);
            }
        }
        return samples;
    }

    private static int coordinate(Hemisphere hemisphere, boolean buffered, int channel, SynapseRow row, int quad) {
        int readout = 2 * hemisphere.index() + (buffered ? 1 : 0);
        return ON_SYNRAM * (2 * readout + channel) + QUADS * row.index() + quad;
    }
}
