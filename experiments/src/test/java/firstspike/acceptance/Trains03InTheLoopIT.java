package firstspike.acceptance;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several spikes a neuron in the loop on the nominal emulator, 100 and 300 epochs. */
@Tag("acceptance")
class Trains03InTheLoopIT {

    private static final String CHIP = "emu:nominal?seed=1";

    @Test
    @DisplayName("E-22 yin-yang-eventprop in the loop on emu:nominal, 100 epochs")
    void hundredEpochs() {
        Accuracies.of("yin-yang-eventprop", CHIP, 100, 1).row("31.3", 0.96, 0);
    }

    @Test
    @DisplayName("E-22 yin-yang-eventprop in the loop on emu:nominal, 300 epochs")
    void threeHundredEpochs() {
        Accuracies.of("yin-yang-eventprop", CHIP, 300, 1).row("31.3", 0.975, 0);
    }
}
