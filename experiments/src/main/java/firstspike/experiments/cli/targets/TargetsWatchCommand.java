package firstspike.experiments.cli.targets;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Interrupts;
import firstspike.experiments.cli.common.TargetOptions;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The table of targets again and again. */
@Command(
        name = "watch",
        header = "Shows the chips behind a target every 2 s until Ctrl-C.",
        footer = {
            "  firstspike targets watch grpcs://lab:7007",
            "  firstspike targets watch grpc://127.0.0.1:7007 --json"
        })
final class TargetsWatchCommand extends Action {

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    @Mixin
    TargetAddress address = new TargetAddress();

    @Mixin
    TargetOptions options = new TargetOptions();

    @Override
    protected int run(Environment environment, Console console) throws InterruptedException {
        String where = address.of(options, environment);
        try (Interrupts interrupts = Interrupts.listen(console, "")) {
            new TargetWatch(
                            () -> TargetTable.of(where, options, options.store(environment)),
                            () -> interrupts.await(INTERVAL),
                            console)
                    .run();
            return interrupts.exit();
        }
    }
}
