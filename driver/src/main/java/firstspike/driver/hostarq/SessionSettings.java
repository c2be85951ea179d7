package firstspike.driver.hostarq;

/**
 * What may differ between sessions.
 *
 * @param peer the other side as errors name it, for example "fpga 192.168.66.1 (data port 1234, reset port 45054)"
 * @param congestionControl whether a lost frame narrows the window (wire.md 13)
 * @param oldestVersion the oldest bitfile that is accepted
 * @param newestCompatible the newest {@code compatible_until} that is accepted
 */
record SessionSettings(String peer, boolean congestionControl, int oldestVersion, int newestCompatible) {

    /** The limits of the cube set-up (wire.md 12): versions from 0, compatible until 2. */
    static SessionSettings of(String peer, boolean congestionControl) {
        return new SessionSettings(peer, congestionControl, 0, HostArqOptions.NEWEST_COMPATIBLE);
    }
}
