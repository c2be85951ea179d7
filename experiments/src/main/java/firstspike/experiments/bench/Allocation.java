package firstspike.experiments.bench;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** What this process allocates. */
final class Allocation {

    private Allocation() {}

    /** Bytes that all living threads have allocated; 0 where this Java does not count them. */
    static long bytes() {
        if (!(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads)) {
            return 0;
        }
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }
}
