package firstspike.driver.credential;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Hears when watched files were read again. Any thread, under the lock of the files: short, never throws. */
public interface FileWatch {

    /** Nobody listens. */
    FileWatch NONE = new FileWatch() {
        @Override
        public void reread(List<Path> files) {}

        @Override
        public void kept(List<Path> files, IOException why) {}
    };

    /**
     * New content is in force.
     *
     * @param files that it came from
     */
    void reread(List<Path> files);

    /**
     * The files changed, but cannot be used; told once for each change.
     *
     * @param files that were read
     * @param why they cannot be used
     */
    void kept(List<Path> files, IOException why);
}
