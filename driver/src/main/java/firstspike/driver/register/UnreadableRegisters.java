package firstspike.driver.register;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses hardware cannot read back (registers.md 4.5). Almost every address is told apart by a few comparisons,
 * for whole programs are asked about word by word. Immutable; any thread.
 */
public final class UnreadableRegisters {

    private static final UnreadableRegisters STANDARD = new UnreadableRegisters();

    private final AddressMap map = AddressMap.standard();
    /** First and last unsigned address of each unreadable container, in pairs; others may lie in between. */
    private final long[] spans;

    private UnreadableRegisters() {
        List<Long> bounds = new ArrayList<>();
        for (Container container : Container.values()) {
            ContainerLayout layout = container.layout();
            if (layout.access() == Access.UNREADABLE_ON_HARDWARE
                    && layout.space().isOmnibus()) {
                long[] addresses = addresses(layout);
                bounds.add(Arrays.stream(addresses).min().orElseThrow());
                bounds.add(Arrays.stream(addresses).max().orElseThrow());
            }
        }
        spans = bounds.stream().mapToLong(Long::longValue).toArray();
    }

    private static long[] addresses(ContainerLayout layout) {
        List<Long> all = new ArrayList<>();
        for (int instance = 0; instance < layout.instances(); instance++) {
            for (int word = 0; word < layout.wordCount(); word++) {
                all.add(Integer.toUnsignedLong(layout.address(instance, word)));
            }
        }
        return all.stream().mapToLong(Long::longValue).toArray();
    }

    /** Those of the chip. */
    public static UnreadableRegisters standard() {
        return STANDARD;
    }

    /**
     * @param address 32 bit, bit 31 set for FPGA registers
     * @return its place in the {@link AddressMap} when hardware cannot read it back, else {@link AddressMap#UNMAPPED}
     */
    public long place(int address) {
        long unsigned = Integer.toUnsignedLong(address);
        for (int i = 0; i < spans.length; i += 2) {
            if (unsigned >= spans[i] && unsigned <= spans[i + 1]) {
                long place = map.locate(address);
                boolean unreadable = place != AddressMap.UNMAPPED
                        && AddressMap.container(place).layout().access() == Access.UNREADABLE_ON_HARDWARE;
                return unreadable ? place : AddressMap.UNMAPPED;
            }
        }
        return AddressMap.UNMAPPED;
    }
}
