package firstspike.driver.remote;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a server says of itself and its chips at one moment.
 *
 * @param protocol version that it speaks, {@code major.minor}
 * @param clock its time when it answered; empty where it does not tell
 * @param chips in its order
 */
public record ServerReport(String protocol, Optional<Instant> clock, List<ServedChip> chips) {

    /** Copies the list. */
    public ServerReport {
        chips = List.copyOf(chips);
    }

    /** Version that this side speaks, {@code major.minor}. */
    public static String ownProtocol() {
        return WireTargets.PROTOCOL.getMajor() + "." + WireTargets.PROTOCOL.getMinor();
    }
}
