package firstspike.driver.service;

import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.WallClock;

/**
 * How a server runs.
 *
 * @param insecure whether it may listen on an address that is not loopback although nothing is encrypted
 * @param limits what it accepts
 * @param links patience and threads of the links that it opens; ordinal and shared name come from each session
 * @param clock by which sessions expire and executions are limited
 */
public record ServerOptions(boolean insecure, ServerLimits limits, LinkOptions links, WallClock clock) {

    /** Loopback only, limits of the specification, one thread a chip, the clock of this machine. */
    public static ServerOptions defaults() {
        return new ServerOptions(false, ServerLimits.defaults(), LinkOptions.defaults(), WallClock.system());
    }

    /** The same options, listening in plain text wherever it is told. */
    public ServerOptions listeningInsecurely() {
        return new ServerOptions(true, limits, links, clock);
    }

    /**
     * @param other limits
     * @return the same options with them
     */
    public ServerOptions withLimits(ServerLimits other) {
        return new ServerOptions(insecure, other, links, clock);
    }

    /**
     * @param other link options
     * @return the same options with them
     */
    public ServerOptions withLinks(LinkOptions other) {
        return new ServerOptions(insecure, limits, other, clock);
    }

    /**
     * @param other clock
     * @return the same options with it
     */
    public ServerOptions withClock(WallClock other) {
        return new ServerOptions(insecure, limits, links, other);
    }
}
