package firstspike.experiments.cli.ppu;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** Programs of the plasticity processors. */
@Command(
        name = "ppu",
        header = "Runs programs of the plasticity processors and shows what is in them.",
        subcommands = {PpuRunCommand.class, PpuInfoCommand.class, PpuDisassembleCommand.class},
        commandListHeading = "%nCommands:%n",
        footer = {
            "  firstspike ppu run hello.elf --target emu:nominal",
            "  firstspike ppu info hello.elf",
            "  firstspike ppu disassemble hello.elf --symbol start"
        })
public final class PpuCommand extends Action {

    @Override
    protected int run(Environment environment, Console console) {
        throw new ParameterException(spec.commandLine(), "ppu: no command; 'firstspike ppu --help' lists them");
    }
}
