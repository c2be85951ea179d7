package firstspike.experiments.doctor;

import firstspike.driver.link.ChipLink;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.register.Access;
import firstspike.driver.register.AddressSpace;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Writes a pattern and its complement to every word of a register block, reads both back, and writes what was there before
 * (registers.md 4.5, 4.7). A word is changed for a few ticks only. Where a write could cut the way to the chip, the value
 * of the initialisation is read and nothing is written.
 */
final class ReadBack {

    /** Registers whose write may cut the access path and that the initialisation has set to their defaults. */
    private static final Set<Container> ONLY_READ = EnumSet.of(
            Container.INSTRUCTION_TIMEOUT_CONFIG,
            Container.COMMON_SYNRAM_CONFIG,
            Container.PHY_CONFIG_FPGA,
            Container.COMMON_PHY_CONFIG_FPGA);

    /** Starts a processor or a test of the link. */
    private static final Set<Container> LEFT_ALONE = EnumSet.of(Container.PPU_CONTROL_REGISTER, Container.PERF_TEST);

    private static final int WORDS_A_PROGRAM = 8192;
    private static final int WORDS_OF_DRAM = 256;
    private static final int SMALL = 1 << 20;
    private static final int WORDS_WHEN_QUICK = 32;
    private static final int ALL_BYTES = 15;
    private static final int BYTES = 4;
    private static final int BARRIER_OMNIBUS = 1;

    private final ChipLink link;
    private final boolean quick;

    /**
     * @param link to an initialised chip
     * @param quick only some words of each block
     */
    ReadBack(ChipLink link, boolean quick) {
        this.link = link;
        this.quick = quick;
    }

    /** The blocks that can be read back over the high-speed links, in the order of the model. */
    static List<Container> blocks() {
        List<Container> blocks = new ArrayList<>();
        for (Container container : Container.values()) {
            ContainerLayout layout = container.layout();
            boolean reachable = layout.space() == AddressSpace.CHIP || layout.space() == AddressSpace.FPGA;
            if (reachable
                    && layout.access() == Access.READ_WRITE
                    && layout.storageMask(0) != 0
                    && !LEFT_ALONE.contains(container)) {
                blocks.add(container);
            }
        }
        return blocks;
    }

    /**
     * What a block said.
     *
     * @param words that were asked
     * @param wrong of them
     * @param first address that was wrong
     * @param expected value there
     * @param got instead
     */
    record Finding(int words, int wrong, int first, int expected, int got) {

        @Override
        public String toString() {
            return wrong == 0
                    ? words + " words"
                    : String.format(
                            "%d of %d words wrong, first 0x%08x: 0x%08x instead of 0x%08x",
                            wrong, words, first, got, expected);
        }
    }

    /** Asks one block; the chip is then as before. */
    Finding ask(Container container) {
        ContainerLayout layout = container.layout();
        boolean bytes = layout.byteEnables(0) != ALL_BYTES;
        int places = layout.instances() / (bytes ? BYTES : 1);
        int most = quick ? WORDS_WHEN_QUICK : layout.instances() > SMALL ? WORDS_OF_DRAM : Integer.MAX_VALUE;
        int chosen = Math.min(places, Math.max(1, most / layout.wordCount()));
        int[] usable = usable(layout);
        Tally tally = new Tally();
        int[] addresses = new int[WORDS_A_PROGRAM];
        int[] masks = new int[WORDS_A_PROGRAM];
        int[] fixed = new int[WORDS_A_PROGRAM];
        int[] defaults = ONLY_READ.contains(container) ? layout.encode(layout.defaults()) : null;
        int n = 0;
        for (int i = 0; i < chosen; i++) {
            // both ends, and evenly between them
            int place = chosen == 1 ? 0 : (int) ((long) i * (places - 1) / (chosen - 1));
            for (int word = 0; word < layout.wordCount(); word++) {
                addresses[n] = layout.address(place * (bytes ? BYTES : 1), word);
                masks[n] = usable[word];
                fixed[n] = defaults == null ? 0 : defaults[word];
                n++;
            }
            if (n + layout.wordCount() > WORDS_A_PROGRAM || i == chosen - 1) {
                if (defaults == null) {
                    pattern(addresses, masks, n, tally);
                } else {
                    compare(addresses, masks, fixed, n, tally);
                }
                n = 0;
            }
        }
        return tally.finding();
    }

    private static int[] usable(ContainerLayout layout) {
        int[] masks = new int[layout.wordCount()];
        Arrays.setAll(masks, layout::storageMask);
        return masks;
    }

    private void compare(int[] addresses, int[] masks, int[] expected, int count, Tally tally) {
        long[] got = read(addresses, count);
        for (int i = 0; i < count; i++) {
            tally.word(addresses[i], expected[i] & masks[i], (int) got[i] & masks[i]);
        }
    }

    private void pattern(int[] addresses, int[] masks, int count, Tally tally) {
        long[] before = read(addresses, count);
        long[] words = new long[8 * count + 1];
        for (int i = 0; i < count; i++) {
            int pattern = pattern(addresses[i]) & masks[i];
            int at = 8 * i;
            words[at] = ToFpga.omnibusWrite(addresses[i]);
            words[at + 1] = ToFpga.omnibusData(pattern);
            words[at + 2] = ToFpga.omnibusRead(addresses[i]);
            words[at + 3] = words[at];
            words[at + 4] = ToFpga.omnibusData(~pattern & masks[i]);
            words[at + 5] = words[at + 2];
            words[at + 6] = words[at];
            words[at + 7] = ToFpga.omnibusData((int) before[i]);
        }
        long[] got = run(words);
        for (int i = 0; i < count; i++) {
            int pattern = pattern(addresses[i]) & masks[i];
            int first = (int) got[2 * i] & masks[i];
            int second = (int) got[2 * i + 1] & masks[i];
            if (first != pattern) {
                tally.word(addresses[i], pattern, first);
            } else {
                tally.word(addresses[i], ~pattern & masks[i], second);
            }
        }
    }

    private long[] read(int[] addresses, int count) {
        long[] words = new long[count + 1];
        for (int i = 0; i < count; i++) {
            words[i] = ToFpga.omnibusRead(addresses[i]);
        }
        return run(words);
    }

    /** Runs words whose last one becomes the barrier. */
    private long[] run(long[] words) {
        words[words.length - 1] = ToFpga.barrier(BARRIER_OMNIBUS);
        RunResult result = link.run(PlaybackProgram.ofWords(words), RunOptions.forSetup());
        return result.values(ResponseKind.OMNIBUS);
    }

    /** Differs from word to word, so that an address line that is broken shows. */
    private static int pattern(int address) {
        return 0xA5C3_965A ^ Integer.rotateLeft(address * 0x9E37_79B9, 13);
    }

    private static final class Tally {

        private int words;
        private int wrong;
        private int first;
        private int expected;
        private int got;

        void word(int address, int wanted, int found) {
            words++;
            if (wanted != found && wrong++ == 0) {
                first = address;
                expected = wanted;
                got = found;
            }
        }

        Finding finding() {
            return new Finding(words, wrong, first, expected, got);
        }
    }
}
