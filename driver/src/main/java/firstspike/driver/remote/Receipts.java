package firstspike.driver.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Results that came whole and that the server may drop: the next header says so (playback.md 14.3). Any thread. */
final class Receipts {

    /** So many ids may stand in one header. */
    private static final int MOST = 1024;

    private final List<UUID> arrived = new ArrayList<>();

    /** A result came whole. */
    synchronized void arrived(UUID submission) {
        arrived.add(submission);
    }

    /** For the next header. */
    synchronized List<UUID> open() {
        return List.copyOf(arrived.subList(0, Math.min(arrived.size(), MOST)));
    }

    /** The server has read such a header. */
    synchronized void delivered(List<UUID> ids) {
        arrived.removeAll(ids);
    }
}
