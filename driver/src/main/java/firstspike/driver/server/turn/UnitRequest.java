package firstspike.driver.server.turn;

import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A submission as its upload begins: one program, or a list that runs as one unit (playback.md 14.3).
 *
 * @param id chosen by the client
 * @param identity what equal submissions have in common: the hashes of their parts; compared with {@code equals}
 * @param sequence number in its session, 0 to 2^62; empty: unordered
 * @param parts programs, at least 1
 * @param setup whether it writes the whole configuration, so that it does not matter what the chip holds before
 */
public record UnitRequest(UUID id, Object identity, OptionalLong sequence, int parts, boolean setup) {

    private static final long LARGEST_SEQUENCE = 1L << 62;

    /**
     * Refuses what cannot be a submission.
     *
     * @throws IllegalArgumentException for less than one part or a sequence out of range
     */
    public UnitRequest {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(identity, "identity");
        if (parts < 1) {
            throw new IllegalArgumentException("parts: " + parts + " (expected: >= 1)");
        }
        if (sequence.isPresent() && (sequence.getAsLong() < 0 || sequence.getAsLong() > LARGEST_SEQUENCE)) {
            throw new IllegalArgumentException("sequence: " + sequence.getAsLong() + " (expected: 0 to 2^62)");
        }
    }
}
