package firstspike.experiments.cli;

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
final class PpuCommand extends Action {

    @Override
    int run(Environment environment, Console console) {
        throw new ParameterException(spec.commandLine(), "ppu: no command; 'firstspike ppu --help' lists them");
    }
}
