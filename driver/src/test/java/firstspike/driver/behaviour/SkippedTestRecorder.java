package firstspike.driver.behaviour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Keeps one file for each test that was skipped in its last run: class, display name, and why. The build prints them at its
 * end. Idle unless the system property {@code firstspike.skipped} names a folder.
 */
public final class SkippedTestRecorder implements TestExecutionListener {

    private final String folder = System.getProperty("firstspike.skipped", "");

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        keep(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            keep(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
        } else if (!folder.isEmpty()) {
            forget(test);
        }
    }

    private void keep(TestIdentifier test, String reason) {
        if (folder.isEmpty()) {
            return;
        }
        String line = "skipped: " + className(test) + ", " + test.getDisplayName() + ": "
                + reason.strip().replaceFirst("^Assumption failed: ", "").replaceAll("\\s+", " ")
                + System.lineSeparator();
        try {
            Files.createDirectories(Path.of(folder));
            Files.writeString(file(test), line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void forget(TestIdentifier test) {
        try {
            Files.deleteIfExists(file(test));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(TestIdentifier test) {
        return Path.of(folder)
                .resolve(className(test) + "-"
                        + UUID.nameUUIDFromBytes(test.getUniqueId().getBytes(StandardCharsets.UTF_8)) + ".txt");
    }

    private static String className(TestIdentifier test) {
        String name = test.getSource()
                .map(source -> source instanceof MethodSource method
                        ? method.getClassName()
                        : source instanceof ClassSource type ? type.getClassName() : "")
                .orElse("");
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
