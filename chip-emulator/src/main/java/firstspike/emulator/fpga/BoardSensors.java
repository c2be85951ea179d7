package firstspike.emulator.fpga;

/**
 * Power and temperature sensors of the board behind I2C: a write to a device selects a register, reads deliver its bytes,
 * most significant first (registers.md 16.1). Their values are constants: 25 degrees and the static power of analog.md 17.
 * Mutable; one owner thread.
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
    /** Shunt voltages of 120 mW of static power split over four supplies, in 10 uV at 0.027 ohm. */
    private static final int[] SHUNT = {81, 6, 135, 19, 0, 0};
    /** Supply voltages in 4 mV, from bit 3 on. */
    private static final int[] BUS = {300 << 3, 625 << 3, 300 << 3, 625 << 3, 300 << 3, 300 << 3};

    private final byte[] register = new byte[DEVICES];
    private final byte[] bytesRead = new byte[DEVICES];

    BoardSensors copy() {
        BoardSensors copy = new BoardSensors();
        System.arraycopy(register, 0, copy.register, 0, DEVICES);
        System.arraycopy(bytesRead, 0, copy.bytesRead, 0, DEVICES);
        return copy;
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

    private static int value(int device, int selected) {
        if (device == TEMPERATURE) {
            return selected == 0 ? ROOM_TEMPERATURE : 0;
        }
        int sensor = device - POWER_SENSORS;
        if (sensor < 0 || sensor >= BUS.length) {
            return 0;
        }
        return switch (selected) {
            case SHUNT_VOLTAGE -> SHUNT[sensor];
            case BUS_VOLTAGE -> BUS[sensor];
            default -> 0;
        };
    }
}
