package firstspike.driver.board;

/**
 * What a power sensor INA219 of one supply shows, uncalibrated (registers.md 16.1).
 *
 * @param busMillivolts supply voltage
 * @param shuntMicrovolts voltage at the shunt of 27 milliohm, signed
 * @param overflow whether the sensor's arithmetic overflowed
 */
public record SupplyReading(int busMillivolts, int shuntMicrovolts, boolean overflow) {

    private static final int BUS_STEP_MILLIVOLTS = 4;
    private static final int SHUNT_STEP_MICROVOLTS = 10;
    private static final double SHUNT_OHM = 0.027;

    /**
     * Meaning of both registers.
     *
     * @param busRegister 16 bits: voltage in 15:3, overflow in 0
     * @param shuntRegister 16 bits: voltage in 11:0, two's complement with the sign in 15
     */
    public static SupplyReading decode(int busRegister, int shuntRegister) {
        int magnitude = shuntRegister & 0xFFF;
        int shunt = (shuntRegister & 0x8000) == 0 ? magnitude : magnitude - 0x1000;
        return new SupplyReading(
                (busRegister >> 3 & 0x1FFF) * BUS_STEP_MILLIVOLTS,
                shunt * SHUNT_STEP_MICROVOLTS,
                (busRegister & 1) != 0);
    }

    /** Power in milliwatts. */
    public double milliwatts() {
        return busMillivolts * 1e-3 * (shuntMicrovolts * 1e-6) / SHUNT_OHM * 1e3;
    }
}
