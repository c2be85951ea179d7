package firstspike.driver.fpga;

import firstspike.driver.link.HealthKeys;
import firstspike.driver.message.ToFpga;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerLayout;
import java.util.SortedMap;

/**
 * The registers that are read before and after a user's instructions to know what the run lost (playback.md 11), and what
 * their differences mean. Each block is closed by an Omnibus barrier; a marker stands between block and program, so that
 * everything in the trace can be told apart. Immutable.
 */
final class HealthReads {

    private static final int OMNIBUS_BARRIER = 1;
    private static final int CRC_ERRORS = 0;
    private static final int ONLINE_TIME = 1;
    private static final int RX_DROPPED = 2;
    private static final int TX_WORDS = 3;
    private static final int RX_WORDS = 4;
    private static final int INPUT_DROP_BITS = 16;
    private static final int OUTPUT_EVENT_BITS = 24;
    private static final int COUNTER_BITS = 32;
    private static final ContainerLayout ARQ = Container.HICANN_ARQ_STATUS.layout();
    private static final ContainerLayout PHY = Container.PHY_STATUS.layout();
    private static final ContainerLayout DROPS = Container.CROSSBAR_INPUT_DROP_COUNTER.layout();
    private static final ContainerLayout OUTPUTS = Container.CROSSBAR_OUTPUT_EVENT_COUNTER.layout();
    private static final int ARQ_WORDS = 4;
    private static final int PHY_WORDS = 5;

    /** No reads at all. */
    static final HealthReads NONE = new HealthReads(false, false);
    /** FPGA registers only: for a chip that cannot answer, or is reset by the program. */
    static final HealthReads FPGA = new HealthReads(true, false);
    /** FPGA registers and the counters of the crossbar. */
    static final HealthReads WHOLE = new HealthReads(true, true);

    private final boolean any;
    private final boolean chip;
    private final int count;
    private final long[] before;
    private final long[] after;

    private HealthReads(boolean any, boolean chip) {
        this.any = any;
        this.chip = chip;
        int fpgaReads = ARQ_WORDS + PHY_WORDS * PHY.instances();
        count = !any ? 0 : fpgaReads + (chip ? DROPS.instances() + OUTPUTS.instances() : 0);
        before = new long[any ? count + 2 : 0];
        after = new long[any ? count + 2 : 0];
        if (any) {
            long[] reads = new long[count];
            fill(reads);
            System.arraycopy(reads, 0, before, 0, count);
            before[count] = ToFpga.barrier(OMNIBUS_BARRIER);
            before[count + 1] = ToFpga.tick();
            after[0] = ToFpga.tick();
            System.arraycopy(reads, 0, after, 1, count);
            after[count + 1] = ToFpga.barrier(OMNIBUS_BARRIER);
        }
    }

    private void fill(long[] reads) {
        int at = fill(reads, 0, ARQ);
        at = fill(reads, at, PHY);
        if (chip) {
            at = fill(reads, at, DROPS);
            fill(reads, at, OUTPUTS);
        }
    }

    private static int fill(long[] reads, int from, ContainerLayout layout) {
        int at = from;
        for (int instance = 0; instance < layout.instances(); instance++) {
            for (int address : layout.readAddresses(instance)) {
                reads[at++] = ToFpga.omnibusRead(address);
            }
        }
        return at;
    }

    /** Whether anything is read. */
    boolean any() {
        return any;
    }

    /** Number of words that each block reads. */
    int count() {
        return count;
    }

    /** Instructions in front of the program; not to be changed. */
    long[] before() {
        return before;
    }

    /** Instructions behind the program, the halt excluded; not to be changed. */
    long[] after() {
        return after;
    }

    /**
     * Adds what happened between the two blocks.
     *
     * @param first values of the block in front
     * @param last values of the block behind
     * @param counters gets the differences, modulo the width of each counter
     */
    void report(int[] first, int[] last, SortedMap<String, Long> counters) {
        if (!any) {
            return;
        }
        counters.put(HealthKeys.LINK_ARQ_WRITTEN, sinceReset(first, last, 0));
        counters.put(HealthKeys.LINK_ARQ_SENT, sinceReset(first, last, 1));
        counters.put(HealthKeys.LINK_ARQ_RECEIVED, sinceReset(first, last, 2));
        counters.put(HealthKeys.LINK_ARQ_READ, sinceReset(first, last, 3));
        counters.put(HealthKeys.LINK_CRC_ERRORS, overLinks(first, last, CRC_ERRORS));
        counters.put(HealthKeys.DROPPED_LINK, overLinks(first, last, RX_DROPPED));
        counters.put(HealthKeys.LINK_WORDS_SENT, overLinks(first, last, TX_WORDS));
        counters.put(HealthKeys.LINK_WORDS_RECEIVED, overLinks(first, last, RX_WORDS));
        counters.put(HealthKeys.LINK_LINKS_UP, (long) Integer.bitCount(linksUp(last)));
        if (chip) {
            reportCrossbar(first, last, counters);
        }
    }

    private static void reportCrossbar(int[] first, int[] last, SortedMap<String, Long> counters) {
        int at = ARQ_WORDS + PHY_WORDS * PHY.instances();
        long drops = 0;
        for (int input = 0; input < DROPS.instances(); input++) {
            long dropped = difference(first, last, at++, INPUT_DROP_BITS);
            drops += dropped;
            counters.put(HealthKeys.CROSSBAR_INPUT_DROPS + input, dropped);
        }
        counters.put(HealthKeys.DROPPED_CROSSBAR, drops);
        for (int output = 0; output < OUTPUTS.instances(); output++) {
            counters.put(HealthKeys.CROSSBAR_OUTPUT_EVENTS + output, difference(first, last, at++, OUTPUT_EVENT_BITS));
        }
    }

    /**
     * Which links were up when a block was read.
     *
     * @param values of the block
     * @return bit i is link i
     */
    int linksUp(int[] values) {
        int up = 0;
        for (int i = 0; any && i < PHY.instances(); i++) {
            up |= values[ARQ_WORDS + PHY_WORDS * i + ONLINE_TIME] != 0 ? 1 << i : 0;
        }
        return up;
    }

    private static long overLinks(int[] first, int[] last, int word) {
        long sum = 0;
        for (int i = 0; i < PHY.instances(); i++) {
            sum += difference(first, last, ARQ_WORDS + PHY_WORDS * i + word, COUNTER_BITS);
        }
        return sum;
    }

    /** A reset of the chip clears the counters of the link (registers.md 13); below the first value they began anew. */
    private static long sinceReset(int[] first, int[] last, int at) {
        return Integer.compareUnsigned(last[at], first[at]) < 0
                ? Integer.toUnsignedLong(last[at])
                : difference(first, last, at, COUNTER_BITS);
    }

    private static long difference(int[] first, int[] last, int at, int bits) {
        return (long) last[at] - first[at] & (1L << bits) - 1;
    }
}
