package firstspike.emulator.fpga;

import firstspike.driver.register.AddressMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Counts accesses to addresses that no register owns and keeps the first of them (registers.md 19.4). One owner thread. */
final class UnmappedAccesses {

    private static final int KEPT = 16;

    private final AddressMap map = AddressMap.standard();
    private final SortedSet<Integer> addresses = new TreeSet<>(Integer::compareUnsigned);
    private long writes;
    private long reads;

    /** Whether a register owns the address; if not, the access is counted. */
    boolean isMapped(int address, boolean read) {
        if (map.isMapped(address)) {
            return true;
        }
        if (read) {
            reads++;
        } else {
            writes++;
        }
        if (addresses.size() < KEPT) {
            addresses.add(address);
        }
        return false;
    }

    long writes() {
        return writes;
    }

    long reads() {
        return reads;
    }

    SortedSet<Integer> addresses() {
        return new TreeSet<>(addresses);
    }
}
