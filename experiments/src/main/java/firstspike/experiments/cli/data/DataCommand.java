package firstspike.experiments.cli.data;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.DataFolderOption;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.dataset.DataInventory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks after data files; without a subcommand it lists them. */
@Command(
        name = "data",
        header = "Says which data sets are there, which are missing, and where people get them.",
        subcommands = {DataListCommand.class, DataCheckCommand.class},
        commandListHeading = "%nCommands:%n",
        footer = {"  firstspike data", "  firstspike data check mnist --data ~/data"})
public final class DataCommand extends Action {

    @Mixin
    DataFolderOption data = new DataFolderOption();

    @Override
    protected int run(Environment environment, Console console) {
        DataLines.show(
                console,
                data.folder(environment),
                data.said(environment),
                new DataInventory(data.folder(environment)).list());
        return DONE;
    }
}
