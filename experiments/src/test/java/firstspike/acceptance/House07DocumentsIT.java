package firstspike.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.experiments.documentation.CommandBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every command block of README and docs, page by page, in a folder of its own, by the packed program. Trainings take one
 * epoch, servers go on in the background until their page ends, nothing opens a browser; all else is done as it is written.
 */
@Tag("acceptance")
class House07DocumentsIT {

    /** Blocks that say why they are not run: of the README and the pages, those of the generated reference aside. */
    private static final int MOST_NOT_RUN = 8;

    private static final String STAND_IN = """
            #!/bin/sh
            # the program as a page shows it, with less to do
            command="$1"
            for word; do shift; [ "$word" = --open ] || set -- "$@" "$word"; done
            case "$command" in
                emulate | bridge | dashboard)
                    log="$PWD/$command-$$.log"
                    "$FIRSTSPIKE_PACKED" "$@" >"$log" 2>&1 &
                    server=$!
                    echo $server >>"$PAGE_SERVERS"
                    until grep -q -e serving -e http:// "$log"; do
                        kill -0 $server || { cat "$log" >&2; exit 1; }
                        sleep 0.1
                    done
                    ;;
                train | sweep) exec "$FIRSTSPIKE_PACKED" "$@" --set training.epochs=1 ;;
                *) exec "$FIRSTSPIKE_PACKED" "$@" ;;
            esac
            """;

    @Test
    @DisplayName("Shows 7 every command block of README and docs runs")
    void everyBlockRuns() throws IOException {
        long begin = System.nanoTime();
        Map<Path, List<CommandBlock>> pages = CommandBlock.all().stream()
                .filter(block -> !block.page().endsWith("commands.md"))
                .collect(Collectors.groupingBy(CommandBlock::page, LinkedHashMap::new, Collectors.toList()));
        List<String> failed = new ArrayList<>();
        int run = 0;
        int notRun = 0;
        for (Map.Entry<Path, List<CommandBlock>> page : pages.entrySet()) {
            List<CommandBlock> blocks = page.getValue().stream()
                    .filter(block -> block.notRun().isEmpty())
                    .toList();
            run += blocks.size();
            notRun += page.getValue().size() - blocks.size();
            Program.Outcome outcome = runPage(blocks);
            if (outcome.exit() != 0) {
                failed.add(page.getKey() + ": exit " + outcome.exit() + "\n" + outcome.out() + outcome.err());
            }
        }
        Table.row(
                "house 7",
                "command blocks of README and docs",
                "all run, at most " + MOST_NOT_RUN + " that say why not",
                run + " run, " + notRun + " not, failed pages: " + failed.size(),
                (System.nanoTime() - begin) * 1e-9,
                failed.isEmpty() && notRun <= MOST_NOT_RUN);
        assertThat(failed).isEmpty();
    }

    private static Program.Outcome runPage(List<CommandBlock> blocks) throws IOException {
        Path folder = Files.createDirectories(Program.folder("documents").resolve(UUID.randomUUID() + ""));
        Path standIn = Files.writeString(folder.resolve("firstspike"), STAND_IN);
        Files.setPosixFilePermissions(standIn, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String shared : List.of("docs", "examples", "proto")) {
            Files.createSymbolicLink(folder.resolve(shared), Program.root().resolve(shared));
        }
        Path servers = folder.resolve("servers");
        Files.writeString(servers, "");
        StringBuilder script = new StringBuilder("set -e\n");
        script.append("trap 'while read pid; do kill $pid; done <servers; wait' EXIT\n");
        if (asksForRuns(blocks)) {
            for (String name : List.of("first", "second", "third")) {
                script.append("./firstspike train yin-yang --quiet --seed ")
                        .append(name.length())
                        .append(" --name ");
                script.append(name).append('\n');
            }
        }
        for (CommandBlock block : blocks) {
            block.text().lines().filter(line -> !line.startsWith("mvn ")).forEach(line -> script.append(line)
                    .append('\n'));
        }
        return Program.execute(
                "page",
                folder,
                Map.of(
                        "FIRSTSPIKE_PACKED",
                        Program.root()
                                .resolve("experiments/target/dist/bin/firstspike")
                                .toString(),
                        "FIRSTSPIKE_RUNS",
                        folder.resolve("runs").toString(),
                        "FIRSTSPIKE_CALIBRATIONS",
                        folder.resolve("calibrations").toString(),
                        "PAGE_SERVERS",
                        servers.toString()),
                List.of("sh", "-c", script.toString()));
    }

    /** Whether a page looks at runs before it makes one. */
    private static boolean asksForRuns(List<CommandBlock> blocks) {
        List<String> lines =
                blocks.stream().flatMap(block -> block.commands().stream()).toList();
        return lines.stream()
                .takeWhile(line -> !line.startsWith("firstspike train "))
                .anyMatch(line -> line.contains("@last") || line.contains(" first "));
    }
}
