package firstspike.driver.server.turn;

import firstspike.driver.error.ChipException;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a submission stands.
 *
 * @param id of the submission
 * @param state it is in
 * @param parts it has
 * @param partsEnded parts that ran, the failed one included; what is missing to {@code parts} in an ended one was skipped
 * @param event number of the last event of its session that concerned it
 * @param error why it did not end as DONE
 */
public record UnitStatus(
        UUID id, UnitState state, int parts, int partsEnded, long event, Optional<ChipException> error) {}
