package firstspike.acceptance;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several spikes a neuron in exact arithmetic: five seeds of Yin-Yang, 100 and 300 epochs. */
@Tag("acceptance")
class Trains02ExactIT {

    @Test
    @DisplayName("E-21 yin-yang-eventprop in exact arithmetic, seeds 1 to 5, 100 epochs")
    void hundredEpochs() {
        Accuracies.of("yin-yang-eventprop", "ideal:", 100, 5).row("31.2", 0.965, 0.95);
    }

    @Test
    @DisplayName("E-21 yin-yang-eventprop in exact arithmetic, seeds 1 to 5, 300 epochs")
    void threeHundredEpochs() {
        Accuracies.of("yin-yang-eventprop", "ideal:", 300, 5).row("31.2", 0.980, 0);
    }
}
