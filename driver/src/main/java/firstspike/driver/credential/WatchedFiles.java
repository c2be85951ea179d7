package firstspike.driver.credential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Content of files that is read again when one of them changes. Whoever asks for it looks at the files first (size, time
 * and identity, 1 to 2 us a file): a token that was taken out of its file is refused at the next call, and no thread is
 * needed. Any thread.
 *
 * @param <T> content, immutable
 */
public final class WatchedFiles<T> {

    private final List<Path> files;
    private final Reader<T> reader;
    private final FileWatch watch;
    private volatile State<T> state;

    /**
     * Reads the files.
     *
     * @param files all that the reader reads
     * @param reader makes the content
     * @param watch hears of later readings
     * @throws IOException when they cannot be read or used
     */
    public WatchedFiles(List<Path> files, Reader<T> reader, FileWatch watch) throws IOException {
        this.files = List.copyOf(files);
        this.reader = reader;
        this.watch = watch;
        // the stamp before the content: what changes in between is read again
        List<Stamp> stamps = stamps();
        state = new State<>(stamps, reader.read());
    }

    /** What the files say now; what they said before, when they cannot be used as they are. */
    public T current() {
        State<T> known = state;
        List<Stamp> stamps = stamps();
        return stamps.equals(known.stamps) ? known.content : reread();
    }

    private synchronized T reread() {
        List<Stamp> stamps = stamps();
        if (stamps.equals(state.stamps)) {
            return state.content;
        }
        try {
            state = new State<>(stamps, reader.read());
            watch.reread(files);
        } catch (IOException e) {
            state = new State<>(stamps, state.content);
            watch.kept(files, e);
        }
        return state.content;
    }

    private List<Stamp> stamps() {
        List<Stamp> stamps = new ArrayList<>(files.size());
        for (Path file : files) {
            stamps.add(Stamp.of(file));
        }
        return stamps;
    }

    /**
     * Makes the content.
     *
     * @param <T> content
     */
    @FunctionalInterface
    public interface Reader<T> {

        /**
         * @return the content
         * @throws IOException when the files cannot be read or used
         */
        T read() throws IOException;
    }

    private record State<T>(List<Stamp> stamps, T content) {}

    private record Stamp(long size, FileTime modified, Object identity) {

        private static final Stamp MISSING = new Stamp(-1, FileTime.fromMillis(0), "");

        static Stamp of(Path file) {
            try {
                BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
                Object identity = facts.fileKey();
                return new Stamp(facts.size(), facts.lastModifiedTime(), identity == null ? "" : identity);
            } catch (IOException e) {
                return MISSING;
            }
        }
    }
}
