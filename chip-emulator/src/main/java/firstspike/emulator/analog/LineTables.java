package firstspike.emulator.analog;

import java.util.concurrent.ConcurrentHashMap;

/**
 * The tables in use, one per distinct (tau_m, tau_x, C); shared by all copies of a neuron array and by
 * threads. Nodes keep the tables they use, so forgetting old ones here loses nothing.
 */
final class LineTables {
    private static final int LIMIT = 4096;

    private record Key(long tauM, long tauX, long inverseCapacitance) {}

    private final ConcurrentHashMap<Key, LineTable> tables = new ConcurrentHashMap<>();

    /** The table of these constants. */
    LineTable of(double tauM, double tauX, double inverseCapacitance) {
        if (tables.size() >= LIMIT) {
            tables.clear();
        }
        Key key = new Key(
                Double.doubleToLongBits(tauM),
                Double.doubleToLongBits(tauX),
                Double.doubleToLongBits(inverseCapacitance));
        return tables.computeIfAbsent(key, k -> new LineTable(tauM, tauX, inverseCapacitance));
    }
}
