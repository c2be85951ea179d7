package firstspike.experiments.cli.data;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.DataFolderOption;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.dataset.DataInventory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the data sets without reading their files. */
@Command(
        name = "list",
        header = "Lists the data sets: what is there, what is missing, where people get it.",
        footer = {"  firstspike data list", "  firstspike data list --data ~/data --json"})
final class DataListCommand extends Action {

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
