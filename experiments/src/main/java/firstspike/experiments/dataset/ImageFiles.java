package firstspike.experiments.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the files of a set below a data folder: in a folder of the set's name, in the folder itself, or where the archive of
 * their package puts them; each plain or compressed, with either spelling of the ending.
 */
final class ImageFiles {

    private static final Path ARCHIVE = Path.of("package", "data");

    private ImageFiles() {}

    static Optional<Path> find(Path folder, ImageSet set, PublishedFile file) {
        for (Path place : places(folder, set)) {
            for (String variant : List.of(file.name(), file.name().replace("-idx", ".idx"))) {
                for (String end : List.of("", ".gz")) {
                    Path path = place.resolve(variant + end);
                    if (Files.isRegularFile(path)) {
                        return Optional.of(path);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static List<Path> places(Path folder, ImageSet set) {
        List<Path> places = new ArrayList<>();
        for (String own : set.folders()) {
            places.add(folder.resolve(own));
            places.add(folder.resolve(own).resolve(ARCHIVE));
        }
        places.add(folder);
        places.add(folder.resolve(ARCHIVE));
        return places;
    }
}
