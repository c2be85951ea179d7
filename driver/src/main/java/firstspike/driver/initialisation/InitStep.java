package firstspike.driver.initialisation;

import firstspike.driver.register.AddressSpace;
import java.util.Locale;

/** One operation of an initialisation (registers.md 17). */
public sealed interface InitStep {

    /** Kinds of steps, for an exhaustive {@code switch}. */
    enum Kind {
        WRITE,
        SPI_SHIFT_REGISTER,
        SPI_DAC_DATA,
        SPI_DAC_CONTROL,
        TIMER_RESET,
        WAIT_UNTIL,
        RESET_CHIP,
        JTAG_CLOCK_SCALER,
        JTAG_RESET_TAP,
        JTAG_PLL_REGISTER,
        JTAG_PHY_REGISTER,
        BARRIER,
        SYSTIME_SYNC;

        /** Name in lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Which step it is. */
    Kind kind();

    /**
     * Writes one omnibus word.
     *
     * @param space chip over the link, chip over JTAG, or FPGA
     * @param address omnibus address
     * @param word what is written
     */
    record Write(AddressSpace space, int address, int word) implements InitStep {
        @Override
        public Kind kind() {
            return Kind.WRITE;
        }
    }

    /**
     * Sets the board's shift register.
     *
     * @param word 24 bits
     */
    record SpiShiftRegister(int word) implements InitStep {
        @Override
        public Kind kind() {
            return Kind.SPI_SHIFT_REGISTER;
        }
    }

    /**
     * Sets one channel of a board DAC and shows it at the output.
     *
     * @param dac 0 or 1
     * @param channel 0..7
     * @param value 0..4095
     */
    record SpiDacData(int dac, int channel, int value) implements InitStep {
        @Override
        public Kind kind() {
            return Kind.SPI_DAC_DATA;
        }
    }

    /**
     * Sets a control register of a board DAC.
     *
     * @param dac 0 or 1
     * @param register 0 gain and reference, 1 output update, 2 power-down, 3 reset
     * @param value 0..255
     */
    record SpiDacControl(int dac, int register, int value) implements InitStep {
        @Override
        public Kind kind() {
            return Kind.SPI_DAC_CONTROL;
        }
    }

    /** Sets the playback timer to 0. */
    record TimerReset() implements InitStep {
        @Override
        public Kind kind() {
            return Kind.TIMER_RESET;
        }
    }

    /**
     * Blocks until the playback timer has a value.
     *
     * @param cycles FPGA cycles of 8 ns
     */
    record WaitUntil(long cycles) implements InitStep {
        @Override
        public Kind kind() {
            return Kind.WAIT_UNTIL;
        }
    }

    /**
     * Sets the level of the chip's reset pin.
     *
     * @param value whether the chip is in reset
     */
    record ResetChip(boolean value) implements InitStep {
        @Override
        public Kind kind() {
            return Kind.RESET_CHIP;
        }
    }

    /**
     * Sets the speed of JTAG.
     *
     * @param value 0..255; a JTAG clock takes this plus 2 FPGA cycles
     */
    record JtagClockScaler(int value) implements InitStep {
        @Override
        public Kind kind() {
            return Kind.JTAG_CLOCK_SCALER;
        }
    }

    /** Resets the JTAG state machine. */
    record JtagResetTap() implements InitStep {
        @Override
        public Kind kind() {
            return Kind.JTAG_RESET_TAP;
        }
    }

    /**
     * Writes a clock register over JTAG.
     *
     * @param register 0..5
     * @param word what is written
     */
    record JtagPllRegister(int register, int word) implements InitStep {
        @Override
        public Kind kind() {
            return Kind.JTAG_PLL_REGISTER;
        }
    }

    /**
     * Writes a link register of the chip over JTAG.
     *
     * @param register 0..7, counted against the links
     * @param word 22 bits
     */
    record JtagPhyRegister(int register, int word) implements InitStep {
        @Override
        public Kind kind() {
            return Kind.JTAG_PHY_REGISTER;
        }
    }

    /**
     * Blocks until what it names is done.
     *
     * @param operand bits of registers.md 13: 0 omnibus, 1 JTAG, 2 system time
     */
    record Barrier(int operand) implements InitStep {
        @Override
        public Kind kind() {
            return Kind.BARRIER;
        }
    }

    /**
     * Starts a synchronisation of the system time.
     *
     * @param value whether to synchronise
     */
    record SystimeSync(boolean value) implements InitStep {
        @Override
        public Kind kind() {
            return Kind.SYSTIME_SYNC;
        }
    }
}
