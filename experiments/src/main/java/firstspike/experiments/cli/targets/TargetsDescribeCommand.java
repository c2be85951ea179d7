package firstspike.experiments.cli.targets;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.TargetOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Everything that chips say of themselves. */
@Command(
        name = "describe",
        header = "Lists the chips behind a target with all that they say of themselves.",
        footer = {
            "  firstspike targets describe grpc://127.0.0.1:7007",
            "  firstspike targets describe 'emu:nominal?seed=1' --json"
        })
final class TargetsDescribeCommand extends Action {

    @Mixin
    TargetAddress address = new TargetAddress();

    @Mixin
    TargetOptions options = new TargetOptions();

    @Override
    protected int run(Environment environment, Console console) {
        TargetTable.of(address.of(options, environment), options, options.store(environment))
                .describe(console);
        return DONE;
    }
}
