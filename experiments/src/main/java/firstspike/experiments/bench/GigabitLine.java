package firstspike.experiments.bench;

import firstspike.driver.hostarq.DatagramFilter;
import firstspike.driver.hostarq.HostArqClient;
import firstspike.driver.hostarq.LinkBudget;

/**
 * A line of 1 Gbit/s at a socket: each leaving datagram holds it for the time of a full frame, 12.144 us, smaller ones too.
 * Owned by the network thread, which it keeps busy.
 */
final class GigabitLine implements DatagramFilter {

    private static final int NANOS_PER_BYTE = 8;

    private final long frameNanos =
            LinkBudget.ofWords(HostArqClient.WORDS_PER_FRAME).ethernetWireBytes() * NANOS_PER_BYTE;
    private long free = System.nanoTime();

    @Override
    public boolean passes(boolean leaving) {
        if (leaving) {
            long now = System.nanoTime();
            free = (now - free > 0 ? now : free) + frameNanos;
            while (System.nanoTime() - free < 0) {
                Thread.onSpinWait();
            }
        }
        return true;
    }
}
