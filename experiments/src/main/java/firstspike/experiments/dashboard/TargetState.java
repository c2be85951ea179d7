package firstspike.experiments.dashboard;

import java.util.List;
import java.util.Map;

/**
 * A target as it was seen last.
 *
 * @param address as it was given
 * @param chips rows of {@code firstspike targets --json}; none when it could not be reached
 * @param problem why not, else empty
 */
public record TargetState(String address, List<Map<String, Object>> chips, String problem) {

    /** Copies the rows. */
    public TargetState {
        chips = List.copyOf(chips);
    }
}
