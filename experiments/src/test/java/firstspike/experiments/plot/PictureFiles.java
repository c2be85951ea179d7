package firstspike.experiments.plot;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;

/** Which files a figure is, on this machine: a PNG wants libraries that draw letters. */
public final class PictureFiles {

    private PictureFiles() {}

    /** Endings of all files of a figure. */
    public static List<String> endings() {
        return Sheet.missingFonts().isEmpty() ? List.of(".png", ".svg", ".csv") : List.of(".svg", ".csv");
    }

    /** Skips what looks at a PNG where none can be drawn, and says why. */
    public static void assumePng() {
        assumeTrue(Sheet.missingFonts().isEmpty(), () -> Sheet.missingFonts().orElse(""));
    }
}
