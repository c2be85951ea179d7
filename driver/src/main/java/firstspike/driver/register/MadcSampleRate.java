package firstspike.driver.register;

/**
 * Sample rate of the MADC (registers.md 12.2).
 *
 * @param hertz samples a second
 */
public record MadcSampleRate(double hertz) {

    /** Frequency of the MADC clock output by default. */
    public static final double CLOCK_HZ = 500e6;

    private static final int SHORTEST_SAMPLE_CYCLES = 12;

    /**
     * Rate that a configuration gives; container MADCConfig.
     *
     * @param madc the configuration
     * @param clockHz frequency of the MADC clock output
     */
    public static MadcSampleRate of(ContainerValues madc, double clockHz) {
        RegisterView.requireContainer(Container.MADC_CONFIG, madc);
        double cycles = SHORTEST_SAMPLE_CYCLES + madc.value("sample_duration_adjust");
        double divider = madc.isSet("enable_madc_clock_scaling") ? 2.0 * (madc.value("madc_clock_scale_value") + 1) : 1;
        return new MadcSampleRate(clockHz / cycles / divider);
    }
}
