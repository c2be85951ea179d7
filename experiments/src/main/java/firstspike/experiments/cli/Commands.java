package firstspike.experiments.cli;

import firstspike.experiments.cli.calibrate.CalibrateCommand;
import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.config.ConfigCommand;
import firstspike.experiments.cli.data.DataCommand;
import firstspike.experiments.cli.exchange.ExportCommand;
import firstspike.experiments.cli.exchange.ImportCommand;
import firstspike.experiments.cli.log.LogCommand;
import firstspike.experiments.cli.ppu.PpuCommand;
import firstspike.experiments.cli.results.CompareCommand;
import firstspike.experiments.cli.results.DashboardCommand;
import firstspike.experiments.cli.results.PlotCommand;
import firstspike.experiments.cli.results.ReportCommand;
import firstspike.experiments.cli.results.RunsCommand;
import firstspike.experiments.cli.results.WatchCommand;
import firstspike.experiments.cli.serve.BridgeCommand;
import firstspike.experiments.cli.serve.EmulateCommand;
import firstspike.experiments.cli.serve.TokenCommand;
import firstspike.experiments.cli.targets.TargetsCommand;
import firstspike.experiments.cli.train.EvalCommand;
import firstspike.experiments.cli.train.ExperimentsCommand;
import firstspike.experiments.cli.train.RecordCommand;
import firstspike.experiments.cli.train.ReplayCommand;
import firstspike.experiments.cli.train.ResumeCommand;
import firstspike.experiments.cli.train.SweepCommand;
import firstspike.experiments.cli.train.TrainCommand;
import firstspike.experiments.cli.wire.WireCommand;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands of the root, in the order of its help. Reading the options of all of them takes longer than most of them run,
 * so a command line has whole commands only where its words can name them, and the names and headers of the others.
 */
final class Commands {

    private static final List<Class<? extends Action>> ALL = List.of(
            ExperimentsCommand.class,
            TrainCommand.class,
            ResumeCommand.class,
            EvalCommand.class,
            SweepCommand.class,
            ReportCommand.class,
            PlotCommand.class,
            CompareCommand.class,
            RunsCommand.class,
            WatchCommand.class,
            DashboardCommand.class,
            RecordCommand.class,
            ReplayCommand.class,
            EmulateCommand.class,
            BridgeCommand.class,
            TokenCommand.class,
            TargetsCommand.class,
            CalibrateCommand.class,
            ConfigCommand.class,
            DataCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            DoctorCommand.class,
            LogCommand.class,
            PpuCommand.class,
            WireCommand.class,
            BenchCommand.class,
            CompletionCommand.class,
            SelfCommand.class,
            HelpCommand.class);

    private Commands() {}

    /** Adds every command whole. */
    static void addAll(CommandLine root) {
        ALL.forEach(root::addSubcommand);
    }

    /** Adds those commands whole that the words name, of the others what the help of the root says. */
    static void addNamed(CommandLine root, String[] words) {
        if (Arrays.stream(words).anyMatch(word -> word.startsWith("@"))) {
            // the words may go on in a file
            addAll(root);
            return;
        }
        Set<String> named = new HashSet<>(Arrays.asList(words));
        for (Class<? extends Action> type : ALL) {
            Command command = type.getAnnotation(Command.class);
            if (named.contains(command.name())) {
                root.addSubcommand(type);
            } else {
                CommandSpec spec = CommandSpec.create().name(command.name());
                spec.usageMessage().header(command.header());
                root.addSubcommand(command.name(), spec);
            }
        }
    }
}
