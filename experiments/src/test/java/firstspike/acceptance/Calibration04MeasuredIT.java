package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rule that knows each neuron's measured constants beside the published one; no gain is required. */
@Tag("acceptance")
class Calibration04MeasuredIT {

    private static final int[] SEEDS = {1, 2, 3};

    @Test
    @DisplayName("implicit-measured and closed-form-equal, 100 epochs on the same chips with the same seeds")
    void bothRules() {
        CalibratedSeeds.require(SEEDS);
        for (String rule : new String[] {"closed-form-equal", "implicit-measured"}) {
            double[] accuracy = new double[SEEDS.length];
            double seconds = 0;
            for (int i = 0; i < SEEDS.length; i++) {
                JsonNode result = Program.train(
                        "yin-yang",
                        "--target",
                        CalibratedSeeds.target(SEEDS[i]),
                        "--set",
                        "training.epochs=100",
                        "--set",
                        "neuron.learning_rule=" + rule);
                accuracy[i] = result.get("result").get("test/accuracy").asDouble();
                seconds += result.get("wall_s").asDouble();
            }
            Table.row(
                    "calibration 4",
                    "train yin-yang --set training.epochs=100 --set neuron.learning_rule=" + rule
                            + " --target emu:varied?seed=1..3",
                    "a trained network: mean >= 0.9",
                    String.format(
                            Locale.ROOT,
                            "mean %.4f, spread %.4f, each %s",
                            CalibratedSeeds.mean(accuracy),
                            CalibratedSeeds.spread(accuracy),
                            Arrays.toString(accuracy)),
                    seconds,
                    CalibratedSeeds.mean(accuracy) >= 0.9);
        }
    }
}
