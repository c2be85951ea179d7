package firstspike.experiments.cli.ppu;

import firstspike.driver.ppu.PpuImage;
import firstspike.experiments.cli.common.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The program that a command is about. */
final class PpuFile {
    /** Far above what an image can hold, symbols and notes included. */
    private static final long MOST_BYTES = 1 << 25;

    @Parameters(paramLabel = "PROGRAM", description = "Linked ELF file, or plain bytes with --raw.")
    Path program;

    @Option(names = "--raw", description = "The file is plain bytes for the SRAM, from address 0 on.")
    boolean raw;

    PpuImage image() throws IOException {
        long size = Files.size(program);
        if (size > MOST_BYTES) {
            throw new UsageException(
                    program + ": " + size + " bytes (limit: " + MOST_BYTES + "); strip it of what is not loaded");
        }
        byte[] bytes = Files.readAllBytes(program);
        return raw ? PpuImage.raw(bytes) : PpuImage.ofElf(bytes);
    }
}
