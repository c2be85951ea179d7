package firstspike.runtime.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Files that the reference libraries wrote; {@code make_references.py} beside the archive made them. */
public final class References {

    private References() {}

    /** Unpacks one of them. */
    public static Path unpack(String name, Path folder) throws IOException {
        try (InputStream in = References.class.getResourceAsStream("/exchange/references.zip");
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(name)) {
                    Path path = folder.resolve(name);
                    Files.write(path, zip.readAllBytes());
                    return path;
                }
            }
        }
        throw new IOException("no reference file " + name);
    }
}
