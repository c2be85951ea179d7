package firstspike.runtime.mock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiles and runs every Java class that the how-to pages show, as it stands there. */
class DocumentedClassesTest {

    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("^(?:public )?class (\\w+)", Pattern.MULTILINE);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"mock.md", "java-library.md"})
    void theClassesOfThePageCompileAndPass(String page) throws Exception {
        Matcher block = BLOCK.matcher(Files.readString(Path.of("..", "docs", "how-to", page)));
        int tests = 0;
        while (block.find()) {
            tests += runTests(block.group(1));
        }
        assertThat(tests).as("test methods in " + page).isPositive();
    }

    private int runTests(String source) throws Exception {
        Matcher name = NAME.matcher(source);
        assertThat(name.find()).as("a class in:\n%s", source).isTrue();
        Path file = Files.writeString(folder.resolve(name.group(1) + ".java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-d",
                    folder.toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "--release",
                    "17",
                    "-proc:none");
            boolean compiled = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(file))
                    .call();
            assertThat(compiled).as("compiler: %s", messages).isTrue();
        }
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> shown = loader.loadClass(name.group(1));
            var constructor = shown.getDeclaredConstructor();
            constructor.setAccessible(true);
            int tests = 0;
            for (var method : shown.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class)) {
                    method.setAccessible(true);
                    method.invoke(constructor.newInstance());
                    tests++;
                }
            }
            return tests;
        }
    }
}
