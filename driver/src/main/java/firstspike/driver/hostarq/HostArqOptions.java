package firstspike.driver.hostarq;

import java.util.Objects;

/**
 * What holds for one session.
 *
 * @param congestionControl whether the window shrinks after losses (wire.md 13); off for loopback and emulator
 * @param oldestVersion lowest bitfile {@code version} that is accepted
 * @param newestCompatible highest {@code compatible_until} that is accepted
 * @param nativeTransport whether epoll may be used where there is one; the JDK's sockets otherwise
 * @param tap sees every datagram of the session, handshake included
 * @param filter throws datagrams away, for measurements
 */
public record HostArqOptions(
        boolean congestionControl,
        int oldestVersion,
        int newestCompatible,
        boolean nativeTransport,
        DatagramTap tap,
        DatagramFilter filter) {

    /** Newest {@code compatible_until} of the cube set-up that this software fits (wire.md 12). */
    public static final int NEWEST_COMPATIBLE = 2;

    /** Refuses nulls. */
    public HostArqOptions {
        Objects.requireNonNull(tap, "tap");
        Objects.requireNonNull(filter, "filter");
    }

    /** Congestion control on, versions from 0, compatible until 2, epoll where there is one, nobody taps, nothing is lost. */
    public static HostArqOptions defaults() {
        return new HostArqOptions(true, 0, NEWEST_COMPATIBLE, true, DatagramTap.NONE, DatagramFilter.NONE);
    }

    /**
     * @param on whether the window shrinks after losses
     * @return the same options so
     */
    public HostArqOptions withCongestionControl(boolean on) {
        return new HostArqOptions(on, oldestVersion, newestCompatible, nativeTransport, tap, filter);
    }

    /**
     * @param oldest lowest {@code version}
     * @param newest highest {@code compatible_until}
     * @return the same options with these limits
     */
    public HostArqOptions withVersions(int oldest, int newest) {
        return new HostArqOptions(congestionControl, oldest, newest, nativeTransport, tap, filter);
    }

    /**
     * @param allowed whether epoll may be used
     * @return the same options so
     */
    public HostArqOptions withNativeTransport(boolean allowed) {
        return new HostArqOptions(congestionControl, oldestVersion, newestCompatible, allowed, tap, filter);
    }

    /**
     * @param observer sees every datagram
     * @return the same options with that observer
     */
    public HostArqOptions withTap(DatagramTap observer) {
        return new HostArqOptions(
                congestionControl, oldestVersion, newestCompatible, nativeTransport, observer, filter);
    }

    /**
     * @param dropper throws datagrams away
     * @return the same options with it
     */
    public HostArqOptions withFilter(DatagramFilter dropper) {
        return new HostArqOptions(congestionControl, oldestVersion, newestCompatible, nativeTransport, tap, dropper);
    }
}
