package firstspike.driver.board;

/**
 * What the temperature sensor TMP112 of the board shows (registers.md 16.1).
 *
 * @param celsius degrees Celsius in steps of 0.0625
 */
public record Temperature(double celsius) {

    private static final double STEP_CELSIUS = 0.0625;

    /** Meaning of the 16 bits of register 0. */
    public static Temperature decode(int register) {
        return new Temperature(((short) register >> 4) * STEP_CELSIUS);
    }
}
