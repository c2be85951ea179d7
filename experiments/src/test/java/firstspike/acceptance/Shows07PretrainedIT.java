package firstspike.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The network of another licence, read by path, gives the accuracy that its note states. */
@Tag("acceptance")
class Shows07PretrainedIT {

    @Test
    void accuracyOfTheGivenNetwork() {
        String file = System.getProperty("firstspike.pretrained", "");
        assumeFalse(file.isBlank(), "needs the network of data/pretrained: -Dfirstspike.pretrained=FILE");

        accuracy(file, "test", 0.960);
        accuracy(file, "validation", 0.964);
    }

    private static void accuracy(String file, String split, double stated) {
        Program.Outcome outcome = Program.run(
                        "eval",
                        "yin-yang-software",
                        "--weights",
                        file,
                        "--target",
                        "ideal:",
                        "--split",
                        split,
                        "--json")
                .succeeded();
        double measured = outcome.json().get("result").get(split + "/accuracy").asDouble();
        Table.row(
                7,
                "eval yin-yang-software --weights FILE --target ideal: --split " + split,
                stated + " within 2 of 1000 samples",
                Double.toString(measured),
                outcome.seconds(),
                Math.abs(measured - stated) <= 0.002 + 1e-9);
    }
}
