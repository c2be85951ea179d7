package firstspike.experiments.figure;

import firstspike.experiments.plot.FigureSize;
import firstspike.experiments.plot.Picture;
import firstspike.experiments.plot.Sheet;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.exchange.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures beside each other, and the numbers they show.
 *
 * @param pictures from left to right, row by row; one at least
 * @param columns pictures in a row
 * @param csv header line and rows
 */
record Figure(List<? extends Picture> pictures, int columns, String csv) {

    private static final Logger LOG = LoggerFactory.getLogger("figures");
    private static final AtomicBoolean TOLD = new AtomicBoolean();

    /**
     * Writes one file.
     *
     * @param file whose name ends in .svg or .png
     * @param footer what the figure belongs to
     * @param size of the whole, as drawn when empty
     * @throws StorageException for a PNG on a machine that cannot draw letters
     */
    void write(Path file, String footer, Optional<FigureSize> size) {
        Sheet sheet = size.map(sheet(footer)::ofSize).orElse(sheet(footer));
        AtomicFile.replace(
                file,
                file.toString().endsWith(".svg")
                        ? sheet.svg().getBytes(StandardCharsets.UTF_8)
                        : sheet.png()
                                .orElseThrow(() -> new StorageException(
                                        StorageException.Code.STORAGE_DENIED,
                                        file.toString(),
                                        Sheet.missingFonts().orElseThrow(),
                                        "a machine that can draw letters",
                                        "write an .svg")));
    }

    /**
     * Writes SVG, PNG and CSV. Where letters cannot be drawn there is no PNG, which is said once.
     *
     * @param folder that takes them
     * @param name of the files without ending
     * @param footer what the figure belongs to
     */
    void save(Path folder, String name, String footer) {
        Sheet sheet = sheet(footer);
        AtomicFile.replace(folder.resolve(name + ".svg"), sheet.svg().getBytes(StandardCharsets.UTF_8));
        String text = "# " + footer + "\n" + csv;
        AtomicFile.replace(folder.resolve(name + ".csv"), text.getBytes(StandardCharsets.UTF_8));
        sheet.png().ifPresent(png -> AtomicFile.replace(folder.resolve(name + ".png"), png));
        Sheet.missingFonts().filter(why -> !TOLD.getAndSet(true)).ifPresent(LOG::warn);
    }

    private Sheet sheet(String footer) {
        return new Sheet(List.copyOf(pictures), columns, footer, Optional.empty());
    }
}
