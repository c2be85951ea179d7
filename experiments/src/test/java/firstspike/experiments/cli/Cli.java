package firstspike.experiments.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs commands in this process and keeps what they said. */
public final class Cli {

    private final Path runs;
    private final Map<String, String> variables = new TreeMap<>();

    /** What a command did. */
    public record Said(int exit, String out, String err) {}

    public Cli(Path runs) {
        this.runs = runs;
        variables.put("FIRSTSPIKE_RUNS", runs.toString());
    }

    public Cli with(String name, String value) {
        variables.put(name, value);
        return this;
    }

    public Path runs() {
        return runs;
    }

    public Said run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Main.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                variables);
        return new Said(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A small training on exact arithmetic that takes a moment. */
    public Said train(String... further) {
        List<String> args = new ArrayList<>(List.of("train", "yin-yang-software", "--threads", "2"));
        for (String set : List.of(
                "training.epochs=2",
                "training.snapshots_epochs={every: 1}",
                "dataset.train_size=300",
                "dataset.validation_size=60",
                "dataset.test_size=60",
                "report.figures=[]")) {
            args.add("--set");
            args.add(set);
        }
        args.addAll(List.of(further));
        return run(args.toArray(String[]::new));
    }
}
