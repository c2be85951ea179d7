package firstspike.emulator.analog;

import java.util.Arrays;
import java.util.Objects;

/**
 * Short-term plasticity of the 256 synapse drivers (analog.md 6): one state x per driver, 1 at rest, that every event
 * scales and moves and that relaxes to 1 between events. Drivers are numbered 128·half + driver, times are half-ticks
 * that never decrease per driver. Mutable; owned by one thread.
 */
public final class ShortTermPlasticity {
    private static final int DRIVERS = FixedPattern.DRIVERS;
    private static final double HALF_TICK_S = 4e-9;
    private static final int RECOVERY_STEPS = 16;

    private final ChipModel model;
    private final double[] state = new double[DRIVERS];
    /** Relaxation in force, half-ticks; infinite: none. */
    private final double[] tau = new double[DRIVERS];
    /** Half-tick of which {@link #state} is. */
    private final long[] settled = new long[DRIVERS];

    /** All drivers at rest, without relaxation. */
    public ShortTermPlasticity(ChipModel model) {
        this.model = Objects.requireNonNull(model, "model");
        reset();
    }

    /** A deep copy. */
    public ShortTermPlasticity(ShortTermPlasticity other) {
        model = other.model;
        System.arraycopy(other.state, 0, state, 0, DRIVERS);
        System.arraycopy(other.tau, 0, tau, 0, DRIVERS);
        System.arraycopy(other.settled, 0, settled, 0, DRIVERS);
    }

    /** All drivers at rest, without relaxation. */
    public void reset() {
        Arrays.fill(state, 1);
        Arrays.fill(tau, Double.POSITIVE_INFINITY);
        Arrays.fill(settled, 0);
    }

    /**
     * The relaxation of a driver from a half-tick on.
     *
     * @param enabled whether driver and clock let it recover
     * @param clockSpeed recovery_clock_speed, 0 to 15
     * @param recovery of the driver, 0 to 15
     */
    public void recovery(int driver, long h, boolean enabled, int clockSpeed, int recovery) {
        settle(driver, h);
        double seconds = model.defaults().strength().stpRecoveryS()
                * (1 << clockSpeed)
                * (RECOVERY_STEPS - recovery)
                / RECOVERY_STEPS;
        tau[driver] = enabled ? seconds / HALF_TICK_S : Double.POSITIVE_INFINITY;
    }

    /**
     * An event of a driver: its strength, after which x has moved.
     *
     * @param utilization 0 to 15
     * @param offset 0 to 15
     * @param facilitates whether x moves towards 2, not 0
     * @return factor of the strength of a plain driver, 0 or more
     */
    public double event(int driver, long h, int utilization, int offset, boolean facilitates) {
        settle(driver, h);
        AnalogDefaults.StrengthNumbers numbers = model.defaults().strength();
        double strength = state[driver]
                * (1 + numbers.stpOffsetStep() * (offset - numbers.stpOffsetCentre()))
                * model.pattern().driverStrength[driver];
        double target = facilitates ? 2 : 0;
        state[driver] += (target - state[driver]) * utilization / numbers.stpUtilization();
        return strength;
    }

    private void settle(int driver, long h) {
        if (state[driver] != 1 && tau[driver] != Double.POSITIVE_INFINITY) {
            // StrictMath: the same bytes on every machine.
            state[driver] = 1 + (state[driver] - 1) * StrictMath.exp((settled[driver] - h) / tau[driver]);
        }
        settled[driver] = h;
    }
}
