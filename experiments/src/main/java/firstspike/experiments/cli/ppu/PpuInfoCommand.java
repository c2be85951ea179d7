package firstspike.experiments.cli.ppu;

import firstspike.driver.ppu.PpuImage;
import firstspike.driver.ppu.PpuSection;
import firstspike.driver.ppu.PpuSymbol;
import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What a program of a plasticity processor consists of. */
@Command(
        name = "info",
        header = "Lists sections, symbols and the room for the stack of a program; needs no target.",
        footer = {"  firstspike ppu info hello.elf", "  firstspike ppu info hello.elf --json"})
final class PpuInfoCommand extends Action {
    /** What a program usually needs at least. */
    private static final int LITTLE_STACK = 256;

    @Mixin
    PpuFile file = new PpuFile();

    @Override
    protected int run(Environment environment, Console console) throws IOException {
        PpuImage image = file.image();
        for (PpuSection section : image.sections()) {
            console.line(String.format(
                    "%-16s %-8s from %6d  %6d bytes",
                    section.name(), section.memory(), section.offset(), section.content().length));
        }
        for (PpuSymbol symbol : image.symbols().values()) {
            console.line(String.format("  0x%08x %6d bytes  %s", symbol.address(), symbol.bytes(), symbol.name()));
        }
        console.line("stack " + image.stackBytes() + " bytes, mailbox 4096 bytes");
        if (image.stackBytes() < LITTLE_STACK) {
            console.warn("only " + image.stackBytes() + " bytes are left for the stack");
        }
        console.object(json(image));
        return DONE;
    }

    private static Map<String, Object> json(PpuImage image) {
        List<Object> sections = new ArrayList<>();
        for (PpuSection section : image.sections()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", section.name());
            row.put("memory", section.memory().toString());
            row.put("offset", section.offset());
            row.put("bytes", section.content().length);
            sections.add(row);
        }
        List<Object> symbols = new ArrayList<>();
        for (PpuSymbol symbol : image.symbols().values()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", symbol.name());
            row.put("address", symbol.address() & 0xFFFF_FFFFL);
            row.put("bytes", symbol.bytes());
            symbols.add(row);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.ppu_info/1");
        tree.put("sections", sections);
        tree.put("symbols", symbols);
        tree.put("stackBytes", image.stackBytes());
        return tree;
    }
}
