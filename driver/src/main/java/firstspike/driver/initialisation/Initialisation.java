package firstspike.driver.initialisation;

import firstspike.driver.board.DacChannel;
import firstspike.driver.board.SpiTransfer;
import firstspike.driver.register.AddressSpace;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerLayout;
import firstspike.driver.register.ContainerValues;
import firstspike.driver.register.EventRecordingConfig;
import firstspike.driver.register.InstructionTimeoutConfig;
import firstspike.driver.register.ReferenceGeneratorConfig;
import firstspike.driver.register.RegisterView;
import firstspike.driver.register.SystimeSyncBase;
import java.util.ArrayList;
import java.util.List;

/** Composes the standard initialisation, in the order and with the step numbers of registers.md 17. */
public final class Initialisation {

    private static final int SETTLE_BOARD_CYCLES = 125_000;
    private static final int RESET_CYCLES = 10;
    private static final int AFTER_RESET_CYCLES = 100;
    private static final int SETTLE_LINKS_CYCLES = 12_500;
    private static final int SETTLE_REFERENCE_CYCLES = 1000;
    private static final int BARRIER_OMNIBUS = 1;
    private static final int BARRIER_JTAG = 2;
    private static final int BARRIER_SYSTIME = 4;

    private final InitialisationOptions options;
    private final List<InitStep> steps = new ArrayList<>();

    private Initialisation(InitialisationOptions options) {
        this.options = options;
    }

    /** The steps in order. */
    public static List<InitStep> steps(InitialisationOptions options) {
        Initialisation initialisation = new Initialisation(options);
        initialisation.compose();
        return List.copyOf(initialisation.steps);
    }

    private void compose() {
        write(InstructionTimeoutConfig.STANDARD);
        if (options.board()) {
            board();
        }
        resetChip();
        clocks();
        if (options.link()) {
            links();
            if (options.systimeSync()) {
                systemTime();
            }
        }
        write(new EventRecordingConfig(true));
        if (options.capMem()) {
            reference(true);
            steps.add(new InitStep.Barrier(BARRIER_OMNIBUS));
            waitFor(SETTLE_REFERENCE_CYCLES);
            reference(false);
        }
        memories();
        steps.add(new InitStep.Barrier(options.link() ? BARRIER_OMNIBUS : BARRIER_JTAG));
    }

    /** Steps 2 to 5. */
    private void board() {
        steps.add(new InitStep.SpiShiftRegister(
                Container.SHIFT_REGISTER.layout().defaults().words()[0]));
        for (DacChannel channel : DacChannel.values()) {
            steps.add(new InitStep.SpiDacData(
                    channel.dac(), channel.channel(), options.regulators().code(channel)));
        }
        ContainerLayout control = Container.DAC_CONTROL.layout();
        int[] words = control.defaults().words();
        for (int dac = 0; dac < control.instances(); dac++) {
            steps.add(new InitStep.SpiDacControl(dac, SpiTransfer.GAIN_REFERENCE, words[0]));
            steps.add(new InitStep.SpiDacControl(dac, SpiTransfer.POWER_DOWN, words[1]));
        }
        waitFor(SETTLE_BOARD_CYCLES);
    }

    /** Step 6. */
    private void resetChip() {
        steps.add(new InitStep.ResetChip(true));
        waitFor(RESET_CYCLES);
        steps.add(new InitStep.ResetChip(false));
        waitFor(AFTER_RESET_CYCLES);
    }

    /** Steps 7 and 8. */
    private void clocks() {
        int scaler = Container.JTAG_CLOCK_SCALER.layout().defaults().words()[0];
        steps.add(new InitStep.JtagClockScaler(scaler));
        steps.add(new InitStep.JtagResetTap());
        ContainerLayout pll = Container.ADPLL.layout();
        int register = 0;
        for (int instance = 0; instance < pll.instances(); instance++) {
            for (int word : pll.defaults().words()) {
                steps.add(new InitStep.JtagPllRegister(register++, word));
            }
        }
        int outputs = Container.PLL_CLOCK_OUTPUT_BLOCK.layout().defaults().words()[0];
        steps.add(new InitStep.JtagPllRegister(register, outputs));
    }

    /** Steps 9 to 12. */
    private void links() {
        ContainerLayout fpga = Container.PHY_CONFIG_FPGA.layout();
        writeAll(Container.PHY_CONFIG_FPGA, AddressSpace.FPGA, fpga.defaults());
        ContainerLayout chip = Container.PHY_CONFIG_CHIP.layout();
        for (int phy = 0; phy < chip.instances(); phy++) {
            steps.add(new InitStep.JtagPhyRegister(
                    chip.address(phy, 0), chip.defaults().words()[0]));
        }
        steps.add(new InitStep.WaitUntil(SETTLE_LINKS_CYCLES));
        for (Container enable : List.of(Container.COMMON_PHY_CONFIG_FPGA, Container.COMMON_PHY_CONFIG_CHIP)) {
            writeAll(enable, enable.layout().space(), enable.layout().defaults());
        }
    }

    /** Step 13. */
    private void systemTime() {
        write(new SystimeSyncBase(0));
        steps.add(new InitStep.Barrier(BARRIER_OMNIBUS));
        steps.add(new InitStep.SystimeSync(true));
        steps.add(new InitStep.Barrier(BARRIER_SYSTIME));
    }

    /** Steps 15 and 16. */
    private void reference(boolean reset) {
        write(ReferenceGeneratorConfig.defaults().withReset(reset));
    }

    /** Steps 17 to 22. */
    private void memories() {
        AddressSpace space = options.link() ? AddressSpace.CHIP : AddressSpace.CHIP_JTAG;
        for (Container timing : List.of(
                Container.CAPMEM_SRAM_TIMING_CONFIG,
                Container.CADC_OFFSET_SRAM_TIMING_CONFIG,
                Container.SYNAPSE_DRIVER_SRAM_TIMING_CONFIG,
                Container.NEURON_SRAM_TIMING_CONFIG,
                Container.NEURON_BACKEND_SRAM_TIMING_CONFIG)) {
            writeAll(timing, space, timing.layout().defaults());
        }
        for (int hemisphere = 0; hemisphere < options.synramControl().size(); hemisphere++) {
            write(space, options.synramControl().get(hemisphere), hemisphere);
        }
    }

    private void waitFor(int cycles) {
        steps.add(new InitStep.TimerReset());
        steps.add(new InitStep.WaitUntil(cycles));
    }

    private void write(RegisterView view) {
        write(view.values().layout().space(), view.values(), view.coordinateIndex());
    }

    private void writeAll(Container container, AddressSpace space, ContainerValues values) {
        for (int instance = 0; instance < container.layout().instances(); instance++) {
            write(space, values, instance);
        }
    }

    private void write(AddressSpace space, ContainerValues values, int coordinate) {
        int[] addresses = values.layout().writeAddresses(coordinate);
        int[] words = values.layout().encode(values, coordinate);
        for (int i = 0; i < words.length; i++) {
            steps.add(new InitStep.Write(space, addresses[i], words[i]));
        }
    }
}
