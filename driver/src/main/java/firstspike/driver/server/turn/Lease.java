package firstspike.driver.server.turn;

import java.util.Optional;

/**
 * The right of one user to have the chip for himself (playback.md 14.2).
 *
 * @param id names it
 * @param user who has it
 * @param endNs when it ends, on the clock that the machine is given; for a lease that ends with a connected session: when
 *     it would end if the session lost its connection now
 * @param session that it ends with
 */
public record Lease(String id, String user, long endNs, Optional<String> session) {}
