package firstspike.driver.initialisation;

import firstspike.driver.board.SpiTransfer;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.register.AddressSpace;
import java.util.Arrays;
import java.util.List;

/** Turns the steps of an initialisation into instructions of a program. */
public final class InitialisationProgram {

    private InitialisationProgram() {}

    /** Appends the instructions of all steps to a builder. */
    public static void append(List<InitStep> steps, PlaybackProgramBuilder builder) {
        for (InitStep step : steps) {
            append(step, builder);
        }
    }

    private static void append(InitStep step, PlaybackProgramBuilder builder) {
        switch (step.kind()) {
            case WRITE -> write((InitStep.Write) step, builder);
            case SPI_SHIFT_REGISTER ->
                transfer(SpiTransfer.shiftRegister(((InitStep.SpiShiftRegister) step).word()), builder);
            case SPI_DAC_DATA -> {
                InitStep.SpiDacData data = (InitStep.SpiDacData) step;
                transfer(SpiTransfer.dacData(data.dac(), data.channel(), data.value()), builder);
                transfer(SpiTransfer.updateOutputs(data.dac()), builder);
            }
            case SPI_DAC_CONTROL -> {
                InitStep.SpiDacControl control = (InitStep.SpiDacControl) step;
                transfer(SpiTransfer.dacControl(control.dac(), control.register(), control.value()), builder);
            }
            case TIMER_RESET -> builder.timerReset();
            case WAIT_UNTIL -> builder.waitUntil(((InitStep.WaitUntil) step).cycles());
            case RESET_CHIP -> builder.chipReset(((InitStep.ResetChip) step).value());
            case JTAG_CLOCK_SCALER -> builder.jtagScaler(((InitStep.JtagClockScaler) step).value());
            case JTAG_RESET_TAP -> builder.resetJtagTap();
            case JTAG_PLL_REGISTER -> {
                InitStep.JtagPllRegister pll = (InitStep.JtagPllRegister) step;
                builder.writePllRegister(pll.register(), pll.word());
            }
            case JTAG_PHY_REGISTER -> {
                InitStep.JtagPhyRegister phy = (InitStep.JtagPhyRegister) step;
                builder.writePhyRegister(phy.register(), phy.word());
            }
            case BARRIER -> builder.barrier(channels(((InitStep.Barrier) step).operand()));
            case SYSTIME_SYNC -> builder.systimeSync(((InitStep.SystimeSync) step).value());
        }
    }

    private static void write(InitStep.Write write, PlaybackProgramBuilder builder) {
        if (write.space() == AddressSpace.CHIP_JTAG) {
            builder.writeOverJtag(write.address(), write.word());
        } else {
            builder.write(write.address(), write.word());
        }
    }

    private static void transfer(SpiTransfer transfer, PlaybackProgramBuilder builder) {
        builder.write(transfer.addresses(), transfer.words());
    }

    private static Barrier[] channels(int operand) {
        return Arrays.stream(Barrier.values())
                .filter(channel -> (operand & channel.bit()) != 0)
                .toArray(Barrier[]::new);
    }
}
