package firstspike.experiments.dataset;

import firstspike.runtime.error.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What of the data sets is there, what is missing, and whether what is there is what was published. Reads, never writes. */
public final class DataInventory {

    private final Optional<Path> folder;

    /** @param folder where people keep data files, empty when nobody named one */
    public DataInventory(Optional<Path> folder) {
        this.folder = folder;
    }

    /** How a file or a set is. */
    public enum State {
        /** It can be used. */
        READY,
        /** It is there and was not looked into. */
        FOUND,
        /** It is not there. */
        MISSING,
        /** It is not what was published, or cannot be read. */
        WRONG
    }

    /**
     * One file.
     *
     * @param published name, size and hash that it should have
     * @param path where it lies, empty when it does not
     * @param state how it is
     * @param detail what is wrong, empty for nothing
     */
    public record FileEntry(PublishedFile published, Optional<Path> path, State state, String detail) {}

    /**
     * One data set.
     *
     * @param name as in experiment files
     * @param origin where its samples come from
     * @param licence under what terms it may be used
     * @param state the worst of its files
     * @param files that it is made of, none for what nobody brings
     * @param details what was found out, a line each
     * @param remedy how people get it, empty where nothing is to be got
     */
    public record Entry(
            String name,
            String origin,
            String licence,
            State state,
            List<FileEntry> files,
            List<String> details,
            String remedy) {

        /** Copies the lists. */
        public Entry {
            files = List.copyOf(files);
            details = List.copyOf(details);
        }
    }

    /** All data sets; files are found, not read. */
    public List<Entry> list() {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry("yin_yang", "generated", "none needed", State.READY, List.of(), List.of(), ""));
        entries.add(new Entry(
                Digits.NAME, "carried by the program", "BSD-3-Clause", State.READY, List.of(), List.of(), ""));
        for (ImageSet set : ImageSet.values()) {
            entries.add(brought(set, false));
        }
        return entries;
    }

    /**
     * Reads all files of a set that people bring and compares them, and their preparation, with the published hashes.
     *
     * @param set to look at
     * @return what was found
     */
    public Entry check(ImageSet set) {
        return brought(set, true);
    }

    private Entry brought(ImageSet set, boolean read) {
        List<FileEntry> files = new ArrayList<>();
        List<String> details = new ArrayList<>();
        List<IdxImages> contents = new ArrayList<>();
        for (PublishedFile published : set.files()) {
            files.add(look(set, published, read, contents));
        }
        State state = worst(files);
        if (state == State.READY) {
            state = prepare(set, contents, details) ? State.READY : State.WRONG;
        }
        return new Entry(
                set.id(),
                folder.map(Path::toString).orElse("no folder named"),
                set.licence(),
                state,
                files,
                details,
                state == State.READY || state == State.FOUND ? "" : set.remedy());
    }

    private FileEntry look(ImageSet set, PublishedFile published, boolean read, List<IdxImages> contents) {
        Optional<Path> path = folder.flatMap(named -> ImageFiles.find(named, set, published));
        if (path.isEmpty() || !read && ofAnother(set)) {
            return new FileEntry(published, Optional.empty(), State.MISSING, "");
        }
        if (!read) {
            return new FileEntry(published, path, State.FOUND, "");
        }
        try {
            IdxImages idx = IdxImages.read(path.get(), set.remedy());
            String hash = idx.sha256();
            if (!hash.equals(published.sha256())) {
                return new FileEntry(
                        published,
                        path,
                        State.WRONG,
                        idx.bytes().length + " bytes with SHA-256 " + hash + ", published: " + published.size()
                                + " bytes with " + published.sha256());
            }
            contents.add(idx);
            return new FileEntry(published, path, State.READY, "");
        } catch (FormatException | IOException e) {
            return new FileEntry(published, path, State.WRONG, String.valueOf(e.getMessage()));
        }
    }

    /** Sets have files of the same names; the smallest one, of labels, says whose they are. */
    private boolean ofAnother(ImageSet set) {
        PublishedFile labels = set.files().get(set.files().size() - 1);
        Optional<Path> path = folder.flatMap(named -> ImageFiles.find(named, set, labels));
        try {
            if (path.isEmpty() || Files.size(path.get()) > labels.size()) {
                return false;
            }
            String hash = IdxImages.read(path.get(), "").sha256();
            return Arrays.stream(ImageSet.values())
                    .anyMatch(other -> other != set
                            && other.files()
                                    .get(other.files().size() - 1)
                                    .sha256()
                                    .equals(hash));
        } catch (FormatException | IOException e) {
            return false;
        }
    }

    private static State worst(List<FileEntry> files) {
        State worst = State.READY;
        for (FileEntry file : files) {
            if (file.state().compareTo(worst) > 0) {
                worst = file.state();
            }
        }
        return worst;
    }

    /** Prepares all images in 16 x 16 pixels and compares with what the recipe gives. */
    private static boolean prepare(ImageSet set, List<IdxImages> contents, List<String> details) {
        contents.get(1).pairedWith(contents.get(0), IdxImages.SIDE);
        contents.get(3).pairedWith(contents.get(2), IdxImages.SIDE);
        String train = prepared(contents.get(0));
        String test = prepared(contents.get(2));
        boolean same = train.equals(set.preparedTrain()) && test.equals(set.preparedTest());
        details.add("prepared in 16 x 16: training images " + train + ", test images " + test
                + (same
                        ? ", bit for bit as published"
                        : "; published: " + set.preparedTrain() + ", " + set.preparedTest()));
        return same;
    }

    private static String prepared(IdxImages images) {
        MessageDigest digest = IdxImages.sha256Digest();
        int count = images.images(IdxImages.SIDE);
        byte[] row = new byte[ImageResize.SIDE * ImageResize.SIDE];
        for (int i = 0; i < count; i++) {
            int[] pixels = ImageResize.prepare(images.bytes(), images.imageOffset(i, IdxImages.SIDE));
            for (int p = 0; p < row.length; p++) {
                row[p] = (byte) pixels[p];
            }
            digest.update(row);
        }
        return IdxImages.hex(digest.digest());
    }
}
