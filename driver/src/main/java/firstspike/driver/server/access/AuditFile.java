package firstspike.driver.server.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends lines to a file, which is made with mode 0600 when it is not there. It is opened for each line, so that it may
 * be moved away at any time. A line that cannot be written goes to the log instead. Any thread.
 */
public final class AuditFile implements Consumer<String> {

    private static final Logger LOG = LoggerFactory.getLogger(AuditFile.class);

    private final Path file;
    private final AtomicBoolean failing = new AtomicBoolean();

    /**
     * @param file to be appended to
     * @throws IOException when it cannot be
     */
    public AuditFile(Path file) throws IOException {
        this.file = file;
        append("");
    }

    @Override
    public void accept(String line) {
        try {
            append(line + "\n");
            failing.set(false);
        } catch (IOException e) {
            if (!failing.getAndSet(true)) {
                LOG.error("audit file {}: cannot be written ({}); its lines follow here", file, e.toString());
            }
            LOG.error("{}", line);
        }
    }

    private void append(String text) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        try (SeekableByteChannel channel = Files.newByteChannel(file, options, PrivateFile.mode(file))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
