package firstspike.experiments.cli.ppu;

import firstspike.driver.ppu.PpuImage;
import firstspike.driver.ppu.PpuMemory;
import firstspike.driver.ppu.PpuSection;
import firstspike.driver.ppu.PpuSymbol;
import firstspike.emulator.ppu.Disassembler;
import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A program of a plasticity processor as assembler text. */
@Command(
        name = "disassemble",
        header = "Writes address, word and mnemonic of a program; needs no target.",
        description = {"", "Words that no unit knows are written as .long with a question mark."},
        footer = {"  firstspike ppu disassemble hello.elf", "  firstspike ppu disassemble hello.elf --symbol start"})
final class PpuDisassembleCommand extends Action {

    @Mixin
    PpuFile file = new PpuFile();

    @Option(names = "--symbol", paramLabel = "NAME", description = "Only this symbol (default: all sections).")
    String symbol;

    @Override
    protected int run(Environment environment, Console console) throws IOException {
        PpuImage image = file.image();
        PpuSymbol only = symbol == null ? null : image.symbol(symbol);
        for (PpuSection section : image.sections()) {
            if (only == null) {
                console.result(section.name() + ":");
            }
            byte[] content = section.content();
            int base = section.memory() == PpuMemory.SRAM ? 0 : 0x8000_0000;
            for (int at = 0; at + 4 <= content.length; at += 4) {
                int address = base + section.offset() + at;
                if (only == null || section.memory() == only.memory() && inside(only, section.offset() + at)) {
                    console.result(line(address, content, at));
                }
            }
        }
        return DONE;
    }

    private static boolean inside(PpuSymbol symbol, int offset) {
        int first = symbol.address() & 0x0FFF_FFFF;
        return offset >= first && offset < first + symbol.bytes();
    }

    private static String line(int address, byte[] content, int at) {
        int word = (content[at] & 0xFF) << 24
                | (content[at + 1] & 0xFF) << 16
                | (content[at + 2] & 0xFF) << 8
                | content[at + 3] & 0xFF;
        return String.format("%08x  %08x  %s", address, word, Disassembler.text(word, address));
    }
}
