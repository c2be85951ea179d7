package firstspike.experiments.firsthour;

import firstspike.driver.error.ErrorDetail;
import firstspike.experiments.report.Page;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.exchange.AtomicFile;
import firstspike.runtime.recording.ShortestDecimal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Keeps what an experiment measured: a page, its pictures, its numbers. */
public final class FirstHourFolder {

    private FirstHourFolder() {}

    /**
     * Writes {@code report.html}, {@code figure-N.svg} and {@code data.csv}.
     *
     * @param folder that takes the files; made where it is missing
     * @param experiment that was run
     * @param facts target, chip, calibration
     * @param result what was measured
     */
    public static void write(Path folder, FirstHour experiment, Map<String, String> facts, FirstHourResult result) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StorageException(
                    StorageException.Code.STORAGE_DENIED,
                    ErrorDetail.of("folder " + folder, "cannot be made", "", "choose another with --out"),
                    e);
        }
        Map<String, String> all = new LinkedHashMap<>(facts);
        result.numbers().forEach((name, value) -> all.put(name, text(value)));
        Page page = new Page(experiment.id())
                .paragraph(experiment.description())
                .facts(all)
                .pictures(result.plots());
        AtomicFile.replace(folder.resolve("report.html"), bytes(page.html()));
        for (int i = 0; i < result.plots().size(); i++) {
            AtomicFile.replace(
                    folder.resolve("figure-" + (i + 1) + ".svg"),
                    bytes(result.plots().get(i).file()));
        }
        AtomicFile.replace(folder.resolve("data.csv"), bytes(result.csv()));
    }

    /** Four significant digits. */
    public static String text(double value) {
        return Double.isFinite(value)
                ? ShortestDecimal.of(Double.parseDouble(String.format(Locale.ROOT, "%.4g", value)))
                        .replaceFirst("\\.0$", "")
                : "not measured";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
