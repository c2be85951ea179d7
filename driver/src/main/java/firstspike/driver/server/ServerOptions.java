package firstspike.driver.server;

import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.WallClock;
import firstspike.driver.server.access.AccessOptions;
import firstspike.driver.server.turn.TurnRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a server runs.
 *
 * @param access how it knows its callers, and whether it may listen in plain text beyond loopback
 * @param limits what it accepts
 * @param links patience and threads of the links that it opens; ordinal and shared name come from each session
 * @param clock by which sessions expire and executions are limited
 * @param turns by which users take turns on a chip that they share
 * @param spool folder for uploads and results; empty: a new one of the system's temporary folder
 */
public record ServerOptions(
        AccessOptions access,
        ServerLimits limits,
        LinkOptions links,
        WallClock clock,
        TurnRules turns,
        Optional<Path> spool) {

    /** Loopback only, limits of the specification, one thread a chip, the clock of this machine. */
    public static ServerOptions defaults() {
        return new ServerOptions(
                AccessOptions.open(),
                ServerLimits.defaults(),
                LinkOptions.defaults(),
                WallClock.system(),
                TurnRules.defaults(),
                Optional.empty());
    }

    /** The same options, listening in plain text wherever it is told. */
    public ServerOptions listeningInsecurely() {
        return new ServerOptions(access.listeningInsecurely(), limits, links, clock, turns, spool);
    }

    /**
     * @param other limits
     * @return the same options with them
     */
    public ServerOptions withLimits(ServerLimits other) {
        return new ServerOptions(access, other, links, clock, turns, spool);
    }

    /**
     * @param other link options
     * @return the same options with them
     */
    public ServerOptions withLinks(LinkOptions other) {
        return new ServerOptions(access, limits, other, clock, turns, spool);
    }

    /**
     * @param other clock
     * @return the same options with it
     */
    public ServerOptions withClock(WallClock other) {
        return new ServerOptions(access, limits, links, other, turns, spool);
    }

    /**
     * @param other how callers are known
     * @return the same options with it
     */
    public ServerOptions withAccess(AccessOptions other) {
        return new ServerOptions(other, limits, links, clock, turns, spool);
    }

    /**
     * @param period how long a session keeps a shared chip while others wait; zero: one submission a turn
     * @return the same options with it
     * @throws IllegalArgumentException for a negative one
     */
    public ServerOptions withTurnPeriod(Duration period) {
        return withTurns(turns.withTurns(period, Duration.ofNanos(turns.turnGraceNs())));
    }

    /**
     * @param other rules of turns; how long queues and sessions are kept stands in the limits
     * @return the same options with them
     */
    public ServerOptions withTurns(TurnRules other) {
        return new ServerOptions(access, limits, links, clock, other, spool);
    }

    /**
     * @param folder for uploads and results
     * @return the same options with it
     */
    public ServerOptions withSpool(Path folder) {
        return new ServerOptions(access, limits, links, clock, turns, Optional.of(folder));
    }
}
