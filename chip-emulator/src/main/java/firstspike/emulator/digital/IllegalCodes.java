package firstspike.emulator.digital;

import firstspike.driver.register.AddressMap;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerLayout;
import java.util.EnumSet;
import java.util.Set;

/**
 * Finds stored codes that no field of their register allows (registers.md 4.6, 19.9). They stay stored as written; none of
 * these fields has an effect here, so what remains is to say it. Stateless.
 */
final class IllegalCodes {
    /** Chip containers that have codes without a meaning. */
    private static final Set<Container> CONTAINERS =
            EnumSet.of(Container.CAPMEM_BLOCK_CONFIG, Container.ADPLL, Container.PLL_CLOCK_OUTPUT_BLOCK);

    private IllegalCodes() {}

    /** Adds a note where a word that was stored holds such a code; other words of its register do not matter. */
    static void check(int address, int stored, FabricNotes notes) {
        long place = AddressMap.standard().locate(address);
        Container container = AddressMap.container(place);
        if (!CONTAINERS.contains(container)) {
            return;
        }
        ContainerLayout layout = container.layout();
        int[] words = layout.encode(layout.defaults());
        words[AddressMap.word(place)] = stored;
        try {
            layout.decode(words, AddressMap.coordinate(place));
        } catch (IllegalArgumentException e) {
            notes.add("illegal-code", e.getMessage());
        }
    }
}
