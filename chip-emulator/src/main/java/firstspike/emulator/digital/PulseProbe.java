package firstspike.emulator.digital;

/** Sees every pulse of a synapse driver, for tests and plots; not part of any result (playback.md 5.4). */
@FunctionalInterface
public interface PulseProbe {
    /**
     * A driver pulses.
     *
     * @param tick when the pulse starts, since power-on
     * @param half 0 top, 1 bottom
     * @param driver 0 to 127 on its half
     * @param label the synapse label that the driver puts out, 0 to 63
     */
    void pulse(long tick, int half, int driver, int label);
}
