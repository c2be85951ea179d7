package firstspike.driver.remote;

import firstspike.driver.link.ChipId;
import java.time.Instant;

/**
 * The right of one user to have a chip to itself (playback.md 14.2).
 *
 * @param id names it to the server that gave it; empty where it belongs to somebody else
 * @param chip that is leased
 * @param holder user who has it
 * @param end when it ends, by the server's clock
 */
public record HeldLease(String id, ChipId chip, String holder, Instant end) {}
