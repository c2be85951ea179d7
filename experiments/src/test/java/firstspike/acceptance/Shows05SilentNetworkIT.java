package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A network that begins silent is brought to life by the rescue; without it the run says so and stays finite. */
@Tag("acceptance")
class Shows05SilentNetworkIT {

    private static final String[] SILENT = {
        "yin-yang-software",
        "--target",
        "ideal:",
        "--set",
        "network.layers.0.weight_init.mean=0.0",
        "--set",
        "network.layers.0.weight_init.std=0.01"
    };

    @Test
    @DisplayName("J05 rescue brings the missing label spikes below 0.05 within 20 epochs")
    void rescued() {
        JsonNode result = Program.train(with("training.epochs=20"));

        double missing = result.get("missing").get("label").asDouble();
        Table.row(
                5,
                "train yin-yang-software, silent hidden layer, 20 epochs",
                "missing label spikes below 0.05",
                String.format(Locale.ROOT, "%.3f", missing),
                result.get("wall_s").asDouble(),
                missing < 0.05);
    }

    @Test
    @DisplayName("J06 a batch of silent labels costs a finite loss and is counted")
    void silentAndFinite() {
        JsonNode result = Program.train(with("training.epochs=1", "training.silent_rescue=null"));

        double missing = result.get("missing").get("label").asDouble();
        double loss = result.get("result").get("train/loss").asDouble(Double.NaN);
        Table.row(
                5,
                "the same with silent_rescue: null, 1 epoch",
                "loss finite, missing label spikes 1.0",
                String.format(Locale.ROOT, "loss %.1f, missing %.2f", loss, missing),
                result.get("wall_s").asDouble(),
                Double.isFinite(loss) && missing == 1.0);
    }

    private static String[] with(String... settings) {
        String[] all = Arrays.copyOf(SILENT, SILENT.length + 2 * settings.length);
        for (int i = 0; i < settings.length; i++) {
            all[SILENT.length + 2 * i] = "--set";
            all[SILENT.length + 2 * i + 1] = settings[i];
        }
        return all;
    }
}
