package firstspike.emulator.fpga;

import java.util.Arrays;

/**
 * The board's devices behind I2C (registers.md 16.1): power sensors, a thermometer and the EEPROM with the board's identity. A
 * transfer begins with the number of a register; bytes written after it go into the register, reads deliver its bytes, most
 * significant first. The temperature is 25 degrees; the power is the mean of the program that ran last, since a sensor averages over
 * longer than a program, split over the supplies as analog.md 17 says. Mutable; one owner thread.
 */
final class BoardSensors {

    private static final int DEVICES = 0x80;
    private static final int STOP = 0x80;
    private static final int RESTART = 0x100;
    private static final int POWER_SENSORS = 0x40;
    private static final int TEMPERATURE = 0x48;
    private static final int EEPROM = 0x50;

    private static final int CONFIGURATION = 0;
    private static final int SHUNT_VOLTAGE = 1;
    private static final int BUS_VOLTAGE = 2;
    private static final int CURRENT = 4;
    private static final int CALIBRATION = 5;
    private static final int CALIBRATION_SCALE = 4096;

    /** All of mode, 12 bit for both converters, the lowest ranges. */
    private static final int DEFAULT_CONFIGURATION = 3 << 7 | 3 << 3 | 7;

    private static final int BYTES = 2;
    private static final int WORD = 0xffff;
    private static final int BYTE = 0xff;

    /** First of the six bytes of the identity, and what a byte that was never programmed holds. */
    private static final int IDENTITY = 0xfa;

    private static final long MANUFACTURER = 0x0004_a3L << 24;
    private static final int ERASED = 0xff;

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

    private final long identity;
    private final int[] shunt = new int[PART.length];
    private final int[] configuration = new int[PART.length];
    private final int[] calibration = new int[PART.length];
    private final int[] register = new int[DEVICES];
    private final int[] bytesRead = new int[DEVICES];
    /** Bytes that were written in the transfer, the register's number among them. */
    private final int[] bytesWritten = new int[DEVICES];

    private final int[] written = new int[DEVICES];

    /**
     * A board at power-on.
     *
     * @param seed its low 24 bits are those of the identity
     */
    BoardSensors(long seed) {
        identity = MANUFACTURER | seed & 0xff_ffff;
        Arrays.fill(configuration, DEFAULT_CONFIGURATION);
    }

    private BoardSensors(BoardSensors other) {
        identity = other.identity;
        int[][] mine = arrays();
        int[][] theirs = other.arrays();
        for (int i = 0; i < mine.length; i++) {
            System.arraycopy(theirs[i], 0, mine[i], 0, mine[i].length);
        }
    }

    private int[][] arrays() {
        return new int[][] {shunt, configuration, calibration, register, bytesRead, bytesWritten, written};
    }

    BoardSensors copy() {
        return new BoardSensors(this);
    }

    /** Shows another power of the chip, in watt. */
    void power(double watt) {
        for (int sensor = 0; sensor < shunt.length; sensor++) {
            double volt = watt * PART[sensor] * SHUNT_OHM / SUPPLY_V[sensor];
            shunt[sensor] = (int) Math.min(LARGEST_SHUNT, Math.round(volt / SHUNT_STEP_V));
        }
    }

    /**
     * A byte for a device: the first of a transfer selects a register, two more are its new value.
     *
     * @param offset address relative to the I2C master, flags included
     * @param value its low byte counts
     */
    void write(int offset, int value) {
        int device = offset & DEVICES - 1;
        if (bytesRead[device] > 0 || (offset & RESTART) != 0) {
            bytesWritten[device] = 0;
        }
        bytesRead[device] = 0;
        int position = bytesWritten[device]++;
        if (position == 0) {
            register[device] = value & BYTE;
        } else {
            written[device] = (written[device] << Byte.SIZE | value & BYTE) & WORD;
            if (position == BYTES) {
                store(device - POWER_SENSORS, register[device], written[device]);
            }
        }
        if ((offset & STOP) != 0) {
            bytesWritten[device] = 0;
        }
    }

    private void store(int sensor, int selected, int word) {
        if (sensor >= 0 && sensor < PART.length) {
            if (selected == CONFIGURATION) {
                configuration[sensor] = word;
            } else if (selected == CALIBRATION) {
                calibration[sensor] = word;
            }
        }
    }

    /**
     * The next byte of the selected register; 0 from devices that are not there.
     *
     * @param offset address relative to the I2C master, flags included
     */
    int read(int offset) {
        int device = offset & DEVICES - 1;
        if ((offset & RESTART) != 0) {
            bytesRead[device] = 0;
        }
        int position = bytesRead[device]++;
        bytesWritten[device] = 0;
        int value = device == EEPROM
                ? memory(register[device] + position & BYTE)
                : value(device, register[device]) >> Byte.SIZE * (BYTES - 1 - position % BYTES) & BYTE;
        if ((offset & STOP) != 0) {
            // a memory goes on behind the byte that it gave last
            register[device] += device == EEPROM ? bytesRead[device] : 0;
            bytesRead[device] = 0;
        }
        return value;
    }

    private int memory(int place) {
        return place < IDENTITY ? ERASED : (int) (identity >>> Byte.SIZE * (BYTE - place)) & BYTE;
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
            case CONFIGURATION -> configuration[sensor];
            case SHUNT_VOLTAGE -> shunt[sensor];
            case BUS_VOLTAGE -> BUS[sensor];
            case CURRENT -> (int) ((long) shunt[sensor] * calibration[sensor] / CALIBRATION_SCALE) & WORD;
            case CALIBRATION -> calibration[sensor];
            default -> 0;
        };
    }
}
