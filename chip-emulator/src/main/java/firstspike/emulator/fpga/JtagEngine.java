package firstspike.emulator.fpga;

import java.util.Arrays;

/**
 * The JTAG master of the FPGA and the chip's JTAG registers (playback.md 4.7, registers.md 2.1). One scan at a time; a scan
 * takes a number of JTAG clocks of {@code scaler + 2} ticks. Mutable; one owner thread.
 */
final class JtagEngine {

    private static final int IDCODE = 1;
    private static final int PLL_TARGET = 3;
    private static final int SHIFT_PLL = 4;
    private static final int OMNIBUS_ADDRESS = 5;
    private static final int OMNIBUS_DATA = 6;
    private static final int OMNIBUS_REQUEST = 7;
    private static final int BYPASS = 127;

    private static final int PHY = 64;
    private static final int PHY_CODE_MASK = 7;
    private static final int PHY_CODE = 4;

    private static final int INSTRUCTION_CLOCKS = 13;
    private static final int DATA_CLOCKS = 5;
    private static final int RESET_CLOCKS = 6;
    private static final int RESPONSE_TICKS = 2;
    private static final int DEFAULT_SCALER = 6;
    private static final int DATA_BITS = 32;
    private static final long READ_REQUEST = 1L << 32;
    private static final int PLL_BLOCK = 0x0008_0000;
    private static final int PLL_REGISTERS = 8;
    private static final long NO_READ = -1;

    private final int idCode;
    private final long[] phyRegisters = new long[8];
    private int clockTicks = DEFAULT_SCALER + 2;
    private int instruction = IDCODE;
    private int pllTarget;
    private long omnibusAddress;
    private long dataRegister;
    private long readsRequested;
    private long readsAnswered;
    private long readInDataRegister = NO_READ;
    /** Answers that wait for the value of a read: its number as tick, the answer's number as value. */
    private final TimedQueue waitingAnswers = new TimedQueue();

    private long freeAt;
    private long answeredAt;

    /** @param idCode what IDCODE answers */
    JtagEngine(int idCode) {
        this.idCode = idCode;
    }

    private JtagEngine(JtagEngine other) {
        idCode = other.idCode;
        System.arraycopy(other.phyRegisters, 0, phyRegisters, 0, phyRegisters.length);
        clockTicks = other.clockTicks;
        instruction = other.instruction;
        pllTarget = other.pllTarget;
        omnibusAddress = other.omnibusAddress;
        dataRegister = other.dataRegister;
        readsRequested = other.readsRequested;
        readsAnswered = other.readsAnswered;
        readInDataRegister = other.readInDataRegister;
        freeAt = other.freeAt;
        answeredAt = other.answeredAt;
    }

    JtagEngine copy() {
        return new JtagEngine(this);
    }

    /** When the engine takes the next instruction, ticks. */
    long freeAt() {
        return freeAt;
    }

    /** When engine and answers are done, ticks: what a barrier waits for. */
    long idleAt() {
        return Math.max(freeAt, answeredAt);
    }

    /** Sets the clock; takes no time. */
    void scaler(int value) {
        clockTicks = value + 2;
    }

    /** Resets the state machine: the instruction register selects IDCODE. */
    void reset(long start) {
        instruction = IDCODE;
        freeAt = start + (long) RESET_CLOCKS * clockTicks;
    }

    /** Shifts an instruction. */
    void select(long start, int code) {
        instruction = code;
        freeAt = start + (long) INSTRUCTION_CLOCKS * clockTicks;
    }

    /**
     * Shifts data through the selected register.
     *
     * @param start tick in which the scan starts
     * @param bits 3 to 33
     * @param payload bits that go in
     * @param keep whether the bits that come out are answered
     * @param answers queue of JTAG answers
     * @param chip performs accesses at the end of the scan
     */
    void shift(long start, int bits, long payload, boolean keep, TimedQueue answers, ChipAccess chip) {
        freeAt = start + (long) (bits + DATA_CLOCKS) * clockTicks;
        if (keep) {
            answeredAt = freeAt + RESPONSE_TICKS;
            answer(bits, payload, answers);
        }
        update(payload, chip);
    }

    private void answer(int bits, long payload, TimedQueue answers) {
        long mask = (1L << bits) - 1;
        if (instruction == OMNIBUS_DATA && readInDataRegister >= readsAnswered) {
            long answer = answers.add(answeredAt, bits, payload << DATA_BITS & mask);
            waitingAnswers.add(readInDataRegister, bits, answer);
            return;
        }
        long out =
                switch (instruction) {
                    case IDCODE -> idCode & 0xffff_ffffL | payload << DATA_BITS;
                    case OMNIBUS_DATA -> dataRegister & 0xffff_ffffL | payload << DATA_BITS;
                    case OMNIBUS_ADDRESS -> omnibusAddress;
                    case BYPASS -> payload << 1;
                    default -> 0;
                };
        answers.add(answeredAt, bits, out & mask);
    }

    private void update(long payload, ChipAccess chip) {
        switch (instruction) {
            case PLL_TARGET -> pllTarget = (int) payload & 0xf;
            case SHIFT_PLL -> {
                if (pllTarget < PLL_REGISTERS) {
                    chip.writeOverJtag(freeAt, PLL_BLOCK + pllTarget, (int) payload);
                }
            }
            case OMNIBUS_ADDRESS -> omnibusAddress = payload;
            case OMNIBUS_DATA -> {
                dataRegister = payload;
                readInDataRegister = NO_READ;
            }
            case OMNIBUS_REQUEST -> request(chip);
            default -> {
                if (instruction >= PHY && instruction < BYPASS && (instruction & PHY_CODE_MASK) == PHY_CODE) {
                    phyRegisters[instruction - PHY >> 3] = payload;
                }
            }
        }
    }

    private void request(ChipAccess chip) {
        if ((omnibusAddress & READ_REQUEST) == 0) {
            chip.writeOverJtag(freeAt, (int) omnibusAddress, (int) dataRegister);
        } else if (chip.readOverJtag(freeAt, (int) omnibusAddress)) {
            readInDataRegister = readsRequested++;
        } else {
            dataRegister = 0;
            readInDataRegister = NO_READ;
        }
    }

    /** The chip's answer to the oldest read that has none. */
    void readAnswered(long value, TimedQueue answers) {
        long number = readsAnswered++;
        if (waitingAnswers.headTick() == number) {
            long answer = waitingAnswers.headValue();
            long mask = (1L << waitingAnswers.headTag()) - 1;
            waitingAnswers.removeHead();
            if (answers.holds(answer)) {
                answers.setValue(answer, answers.value(answer) | value & mask);
            }
        }
        if (number == readInDataRegister) {
            dataRegister = value;
        }
    }

    /** A program was given up: the scan in progress is forgotten, and so are reads without an answer. */
    void abandon() {
        freeAt = 0;
        answeredAt = 0;
        readsAnswered = readsRequested;
        readInDataRegister = NO_READ;
        waitingAnswers.clear();
    }

    /** Registers of the chip's links, 0 to 7, as last written; for tests. */
    long[] phyRegisters() {
        return Arrays.copyOf(phyRegisters, phyRegisters.length);
    }

    /** Performs chip register accesses over JTAG. */
    interface ChipAccess {

        /** A write takes effect at a tick. */
        void writeOverJtag(long tick, int address, int word);

        /**
         * A read samples at a tick.
         *
         * @return false when the value is 0 and will not be delivered
         */
        boolean readOverJtag(long tick, int address);
    }
}
