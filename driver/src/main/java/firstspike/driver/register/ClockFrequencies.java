package firstspike.driver.register;

/**
 * Frequencies of one clock generator (registers.md 14.1).
 *
 * @param oscillatorHz of the controlled oscillator
 * @param dcoHz output {@code dco}
 * @param core0Hz output {@code core_0}
 * @param core1Hz output {@code core_1}
 */
public record ClockFrequencies(double oscillatorHz, double dcoHz, double core0Hz, double core1Hz) {

    /** Reference clock of the board. */
    public static final double REFERENCE_HZ = 50e6;

    /** Frequencies that a configuration makes of the reference; container ADPLL. */
    public static ClockFrequencies of(ContainerValues adpll) {
        RegisterView.requireContainer(Container.ADPLL, adpll);
        double oscillator = REFERENCE_HZ * adpll.value("pre_div_p0") * adpll.value("loop_div_n");
        double core = oscillator / adpll.value("pre_div_p1");
        return new ClockFrequencies(
                oscillator,
                oscillator / adpll.value("pre_div_p2"),
                core / adpll.value("core_div_m0"),
                core / adpll.value("core_div_m1"));
    }
}
