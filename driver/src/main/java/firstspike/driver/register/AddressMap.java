package firstspike.driver.register;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Says which container owns an omnibus address of chip or FPGA. A place is packed into a {@code long} so that a look-up
 * allocates nothing; {@link #container}, {@link #coordinate} and {@link #word} take it apart. Immutable; one instance
 * serves all threads (registers.md 2.2, 2.3, 19.4, 19.5).
 */
public final class AddressMap {

    /** Place of an address that no container owns. */
    public static final long UNMAPPED = -1;

    private static final AddressMap STANDARD = new AddressMap();

    private static final int WORD_SHIFT = 32;
    private static final int CONTAINER_SHIFT = 40;

    private final AddressRegion[] regions;
    private final long[] firsts;

    private AddressMap() {
        List<AddressRegion> list = new ArrayList<>();
        for (Container container : Container.values()) {
            if (container.layout().space().isOmnibus()) {
                addRegions(container, list);
            }
        }
        list.sort(Comparator.comparingLong(AddressRegion::first));
        regions = list.toArray(new AddressRegion[0]);
        firsts = Arrays.stream(regions).mapToLong(AddressRegion::first).toArray();
        for (int i = 1; i < regions.length; i++) {
            if (regions[i - 1].last() >= regions[i].first()) {
                throw new IllegalStateException(
                        "register model: " + regions[i - 1] + " and " + regions[i] + " overlap");
            }
        }
    }

    /** The map of the chip and its FPGA. */
    public static AddressMap standard() {
        return STANDARD;
    }

    /** Place of an address, or {@link #UNMAPPED}. */
    public long locate(int address) {
        long unsigned = Integer.toUnsignedLong(address);
        int found = Arrays.binarySearch(firsts, unsigned);
        int index = found >= 0 ? found : -found - 2;
        if (index < 0 || unsigned > regions[index].last()) {
            return UNMAPPED;
        }
        AddressRegion region = regions[index];
        AddressRule rule = region.container().layout().addressRule();
        for (int word : region.words()) {
            int coordinate = rule.coordinateAt(address, word, region.coordinate());
            if (coordinate >= 0) {
                return (long) region.container().ordinal() << CONTAINER_SHIFT | (long) word << WORD_SHIFT | coordinate;
            }
        }
        return UNMAPPED;
    }

    /**
     * Where a container lies, ascending; addresses in between that none of its words has belong to nobody.
     *
     * @param container any
     * @return no range where it has no omnibus address
     */
    public List<AddressRange> ranges(Container container) {
        List<AddressRange> ranges = new ArrayList<>();
        for (AddressRegion region : regions) {
            if (region.container() == container) {
                AddressRange last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
                if (last != null && last.last() + 1 == region.first()) {
                    ranges.set(ranges.size() - 1, new AddressRange(last.first(), region.last()));
                } else {
                    ranges.add(new AddressRange(region.first(), region.last()));
                }
            }
        }
        return ranges;
    }

    /** Whether a container owns the address. */
    public boolean isMapped(int address) {
        return locate(address) != UNMAPPED;
    }

    /** Bits that exist at an address; 0 where nothing is stored or nothing is mapped. */
    public int storageMask(int address) {
        long place = locate(address);
        return place == UNMAPPED ? 0 : container(place).layout().storageMask(word(place));
    }

    /** Container of a mapped place. */
    public static Container container(long place) {
        return Container.of((int) (place >> CONTAINER_SHIFT));
    }

    /** Number of the instance of a mapped place. */
    public static int coordinate(long place) {
        return (int) place;
    }

    /** Word in write order of a mapped place. */
    public static int word(long place) {
        return (int) (place >> WORD_SHIFT) & 0xFF;
    }

    /** One region per choice of bases and per group of words whose intervals overlap. */
    private static void addRegions(Container container, List<AddressRegion> list) {
        AddressRule rule = container.layout().addressRule();
        for (int base : rule.regionBases()) {
            List<Integer> words = new ArrayList<>();
            for (int word = 0; word < rule.words(); word++) {
                words.add(word);
            }
            words.sort(Comparator.comparingLong(word -> Integer.toUnsignedLong(rule.address(base, word))));
            List<Integer> group = new ArrayList<>();
            long first = 0;
            long last = -1;
            for (int word : words) {
                long start = Integer.toUnsignedLong(rule.address(base, word));
                if (!group.isEmpty() && start > last + 1) {
                    list.add(region(container, base, first, last, group));
                    group.clear();
                }
                if (group.isEmpty()) {
                    first = start;
                    last = start;
                }
                group.add(word);
                last = Math.max(last, start + rule.span(word));
            }
            if (!group.isEmpty()) {
                list.add(region(container, base, first, last, group));
            }
        }
    }

    private static AddressRegion region(Container container, int base, long first, long last, List<Integer> words) {
        int[] sorted = words.stream().mapToInt(Integer::intValue).toArray();
        return new AddressRegion(first, last, container, base, sorted);
    }
}
