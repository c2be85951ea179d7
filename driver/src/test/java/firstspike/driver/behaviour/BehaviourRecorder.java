package firstspike.driver.behaviour;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes one line for each numbered behaviour that a test showed: number, result, display name, divided by tabs. A test
 * carries the numbers that its own display name and those of the containers around it begin with. Idle unless the system
 * property {@code firstspike.behaviours} names a folder.
 */
public final class BehaviourRecorder implements TestExecutionListener {

    private static final String ONE = "(?:[WRT]\\d{3}|[ACEIP]-\\d{2}|[JU]\\d{1,2})";
    private static final Pattern NUMBERS = Pattern.compile("((?:" + ONE + "[ ,]+)*" + ONE + ")\\b");
    private static final Pattern NUMBER = Pattern.compile(ONE);

    private TestPlan plan;
    private PrintWriter out;

    @Override
    public synchronized void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
        String folder = System.getProperty("firstspike.behaviours", "");
        if (folder.isEmpty()) {
            return;
        }
        try {
            Path file = Files.createDirectories(Path.of(folder))
                    .resolve(System.currentTimeMillis() + "-"
                            + ProcessHandle.current().pid() + ".tsv");
            out = new PrintWriter(Files.newBufferedWriter(file), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean failed = result.getStatus() == TestExecutionResult.Status.FAILED;
        if (test.isTest() || failed) {
            record(
                    test,
                    switch (result.getStatus()) {
                        case SUCCESSFUL -> "passed";
                        case ABORTED -> "skipped";
                        case FAILED -> "failed";
                    });
        }
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        record(test, "skipped");
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan testPlan) {
        if (out != null) {
            out.close();
            out = null;
        }
    }

    private void record(TestIdentifier test, String result) {
        if (out == null) {
            return;
        }
        Set<String> numbers = new LinkedHashSet<>();
        StringBuilder name = new StringBuilder();
        for (Optional<TestIdentifier> at = Optional.of(test); at.isPresent(); at = at.flatMap(plan::getParent)) {
            String display = at.get().getDisplayName();
            Matcher leading = NUMBERS.matcher(display);
            if (leading.lookingAt()) {
                Matcher number = NUMBER.matcher(leading.group());
                while (number.find()) {
                    numbers.add(number.group());
                }
            }
            if (at.flatMap(plan::getParent).isPresent()) {
                name.insert(0, name.isEmpty() ? display : display + " > ");
            }
        }
        for (String number : numbers) {
            out.println(number + "\t" + result + "\t" + name.toString().replaceAll("\\s+", " "));
        }
    }
}
