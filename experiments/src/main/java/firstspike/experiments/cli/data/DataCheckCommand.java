package firstspike.experiments.cli.data;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.DataFolderOption;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.dataset.DataInventory;
import firstspike.experiments.dataset.ImageSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Reads data files and compares them with the published hashes. */
@Command(
        name = "check",
        header = "Reads data files, and compares them and their preparation with the published hashes.",
        description = {"", "Without names, sets of which no file is there are passed over; a named one must be there."},
        footer = {"  firstspike data check", "  firstspike data check mnist fashion_mnist --data ~/data"})
final class DataCheckCommand extends Action {

    private static final int FOUND_WRONG = 1;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "mnist, fashion_mnist (default: what is there).")
    List<String> names = new ArrayList<>();

    @Mixin
    DataFolderOption data = new DataFolderOption();

    @Override
    protected int run(Environment environment, Console console) {
        DataInventory inventory = new DataInventory(data.folder(environment));
        List<DataInventory.Entry> entries = new ArrayList<>();
        boolean wrong = false;
        for (ImageSet set : chosen()) {
            console.progress("reading " + set.id());
            DataInventory.Entry entry = inventory.check(set);
            entries.add(entry);
            boolean passedOver = names.isEmpty()
                    && entry.files().stream().allMatch(file -> file.path().isEmpty());
            wrong |= !passedOver && entry.state() != DataInventory.State.READY;
        }
        DataLines.show(console, data.folder(environment), data.said(environment), entries);
        return wrong ? FOUND_WRONG : DONE;
    }

    private List<ImageSet> chosen() {
        if (names.isEmpty()) {
            return List.of(ImageSet.values());
        }
        List<ImageSet> sets = new ArrayList<>();
        for (String name : names) {
            sets.add(ImageSet.of(name.toLowerCase(Locale.ROOT))
                    .orElseThrow(() -> new UsageException(
                            "data set: " + name + " (limit: mnist, fashion_mnist); the others need no files")));
        }
        return sets;
    }
}
