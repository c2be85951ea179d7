package firstspike.driver.credential;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Reads small files of secrets and certificates; errors name the file, never its content. */
public final class SecretFile {

    private static final int LARGEST = 1 << 20;
    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private SecretFile() {}

    /**
     * Reads a text file.
     *
     * @param file at most 1 MiB
     * @param what it is, for messages: {@code token file}
     * @return its content, bytes above 127 as Latin-1
     * @throws IOException when it cannot be read
     */
    public static String read(Path file, String what) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException(what + " " + file + ": more than " + LARGEST + " bytes (limit: " + LARGEST
                        + "); name the right file");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new IOException(what + " " + file + ": is not there; correct the path", e);
        } catch (AccessDeniedException e) {
            throw new IOException(what + " " + file + ": may not be read; give its owner or mode to this user", e);
        }
    }

    /**
     * Whether anybody but the owner may do anything with a file; false where the file system knows no such rights.
     *
     * @param file that exists
     * @return whether its mode has bits outside of 0700
     * @throws IOException when its mode cannot be read
     */
    public static boolean isOpenToOthers(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view != null && view.readAttributes().permissions().stream().anyMatch(OF_OTHERS::contains);
    }

    /**
     * Refuses a file that others may touch.
     *
     * @param file that exists
     * @param what it is, for messages
     * @throws IOException when its mode has bits outside of 0700
     */
    public static void requirePrivate(Path file, String what) throws IOException {
        if (isOpenToOthers(file)) {
            throw new IOException(what + " " + file + ": mode "
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                    + " lets others at it (limit: 0600); chmod 600 it");
        }
    }
}
