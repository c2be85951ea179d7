package firstspike.experiments.cli;

import firstspike.experiments.cli.common.CommonOptions;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Versions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root, to which {@link Commands} adds the commands. */
@Command(
        name = "firstspike",
        header = "Trains networks of first-spike neurons on BrainScaleS-2, or on an emulated chip.",
        description = {"", "Results go to standard output, progress to standard error."},
        versionProvider = Versions.class,
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  firstspike train yin-yang --set training.epochs=20",
            "  firstspike eval @last",
            "  firstspike help train"
        })
final class FirstspikeCommand implements Runnable, Environment.Holder {

    private final Environment environment;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show version, commit, Java and protocol version.")
    boolean version;

    @Spec
    CommandSpec spec;

    FirstspikeCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Environment environment() {
        return environment;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command; 'firstspike --help' lists them");
    }
}
