package firstspike.driver.remote;

import firstspike.driver.link.ChipDescription;
import java.time.Duration;
import java.util.Optional;

/**
 * A chip as its server tells of it.
 *
 * @param description capability record, with the URI by which the client reached the server
 * @param turnPeriod how long a session keeps it while others wait; 0 where every session has a chip of its own
 * @param lease who has it for himself, if anybody
 * @param activity what goes on; empty where the server does not tell
 */
public record ServedChip(
        ChipDescription description, Duration turnPeriod, Optional<HeldLease> lease, Optional<ChipActivity> activity) {}
