package firstspike.experiments.cli.targets;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.TargetOptions;
import firstspike.experiments.cli.common.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the chips of a target. */
@Command(
        name = "targets",
        header = "Lists the chips behind a target; describes, leases, releases or watches them.",
        subcommands = {
            TargetsDescribeCommand.class,
            TargetsLeaseCommand.class,
            TargetsReleaseCommand.class,
            TargetsWatchCommand.class,
            TargetsFitCommand.class
        },
        commandListHeading = "%nCommands:%n",
        footer = {
            "  firstspike targets grpc://127.0.0.1:7007",
            "  firstspike targets lease grpcs://lab:7007 --chip W66F3 --for 30m",
            "  firstspike targets ideal: --json",
            "  firstspike targets --registers"
        })
public final class TargetsCommand extends Action {

    @Mixin
    TargetAddress address = new TargetAddress();

    @Option(
            names = "--registers",
            description = "List what the emulator does with each register: modelled, stored only or refused.")
    boolean registers;

    @Mixin
    TargetOptions options = new TargetOptions();

    @Override
    protected int run(Environment environment, Console console) {
        if (registers) {
            if (address.address != null) {
                throw new UsageException("targets --registers: " + address.address
                        + " (limit: no address); the list is that of this version's emulator");
            }
            RegisterTable.show(console);
            return DONE;
        }
        TargetTable.of(address.of(options, environment), options, options.store(environment))
                .show(console);
        return DONE;
    }
}
