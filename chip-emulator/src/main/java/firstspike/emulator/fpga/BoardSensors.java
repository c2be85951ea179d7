package firstspike.emulator.fpga;

/**
 * Power and temperature sensors of the board behind I2C: a write to a device selects a register, reads deliver its bytes,
 * most significant first (registers.md 16.1). The temperature is 25 degrees; the power is the mean of the program that ran
 * last, since a sensor averages over longer than a program, split over the supplies as analog.md 17 says. Mutable; one
 * owner thread.
 */
final class BoardSensors {

    private static final int DEVICES = 0x80;
    private static final int STOP = 0x80;
    private static final int RESTART = 0x100;
    private static final int POWER_SENSORS = 0x40;
    private static final int TEMPERATURE = 0x48;
    private static final int SHUNT_VOLTAGE = 1;
    private static final int BUS_VOLTAGE = 2;
    private static final int BYTES = 2;

    /** 25 degrees: the value divided by 16 counts 0.0625 degrees. */
    private static final int ROOM_TEMPERATURE = 25 * 16 * 16;

    private static final double SHUNT_OHM = 0.027;
    private static final double SHUNT_STEP_V = 10e-6;
    private static final int LARGEST_SHUNT = 4000;
    /** Supply voltages and their parts of the power, by sensor. */
    private static final double[] SUPPLY_V = {1.2, 2.5, 1.2, 2.5, 1.2, 1.2};

    private static final double[] PART = {0.30, 0.05, 0.50, 0.15, 0, 0};
    /** Supply voltages in 4 mV, from bit 3 on. */
    private static final int[] BUS = {300 << 3, 625 << 3, 300 << 3, 625 << 3, 300 << 3, 300 << 3};

    private final int[] shunt = new int[PART.length];
    private final byte[] register = new byte[DEVICES];
    private final byte[] bytesRead = new byte[DEVICES];

    BoardSensors copy() {
        BoardSensors copy = new BoardSensors();
        System.arraycopy(shunt, 0, copy.shunt, 0, shunt.length);
        System.arraycopy(register, 0, copy.register, 0, DEVICES);
        System.arraycopy(bytesRead, 0, copy.bytesRead, 0, DEVICES);
        return copy;
    }

    /** Shows another power of the chip, in watt. */
    void power(double watt) {
        for (int sensor = 0; sensor < shunt.length; sensor++) {
            double volt = watt * PART[sensor] * SHUNT_OHM / SUPPLY_V[sensor];
            shunt[sensor] = (int) Math.min(LARGEST_SHUNT, Math.round(volt / SHUNT_STEP_V));
        }
    }

    /**
     * A byte for a device: selects the register that the next read delivers.
     *
     * @param offset address relative to the I2C master, flags included
     */
    void write(int offset, int value) {
        int device = offset & DEVICES - 1;
        if (bytesRead[device] == 0) {
            register[device] = (byte) value;
        }
        bytesRead[device] = 0;
    }

    /** The next byte of the selected register; 0 from devices that are not there. */
    int read(int offset) {
        int device = offset & DEVICES - 1;
        int shift = Byte.SIZE * (BYTES - 1 - bytesRead[device] % BYTES);
        bytesRead[device] = (byte) ((offset & (STOP | RESTART)) != 0 ? 0 : bytesRead[device] + 1);
        return value(device, register[device]) >> shift & 0xff;
    }

    private int value(int device, int selected) {
        if (device == TEMPERATURE) {
            return selected == 0 ? ROOM_TEMPERATURE : 0;
        }
        int sensor = device - POWER_SENSORS;
        if (sensor < 0 || sensor >= BUS.length) {
            return 0;
        }
        return switch (selected) {
            case SHUNT_VOLTAGE -> shunt[sensor];
            case BUS_VOLTAGE -> BUS[sensor];
            default -> 0;
        };
    }
}
