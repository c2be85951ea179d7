package firstspike.driver.ppu;

import static firstspike.driver.error.ProgramRejectedException.Code.PPU_IMAGE;

import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.playback.PlaybackProgramBuilder;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A program of a plasticity processor: what goes into its memories and what its pieces are called. Immutable. */
public final class PpuImage {

    /** First byte above the stack when the mailbox has its usual size. */
    public static final int STACK_TOP = 0x2FF0;

    private static final int MOST_NEAR = 5;

    private final List<PpuSection> sections;
    private final SortedMap<String, PpuSymbol> symbols;

    private PpuImage(List<PpuSection> sections, SortedMap<String, PpuSymbol> symbols) {
        this.sections = List.copyOf(sections);
        this.symbols = symbols;
        if (sramBytes() > STACK_TOP) {
            throw new ProgramRejectedException(
                    PPU_IMAGE,
                    "code and data of the program",
                    sramBytes() + " bytes",
                    STACK_TOP + " bytes below return code and mailbox",
                    "make it smaller, or put parts into external memory");
        }
    }

    /**
     * A linked ELF file.
     *
     * @throws ProgramRejectedException that names what is wrong, where, and what was expected
     */
    public static PpuImage ofElf(byte[] bytes) {
        ElfFile elf = new ElfFile(bytes);
        return new PpuImage(elf.sections(), elf.symbols());
    }

    /**
     * Plain bytes for the SRAM from address 0 on; there are no symbols.
     *
     * @throws ProgramRejectedException for more than fit below the stack
     */
    public static PpuImage raw(byte[] bytes) {
        PpuSection whole = new PpuSection("raw", PpuMemory.SRAM, 0, bytes.clone());
        return new PpuImage(List.of(whole), new TreeMap<>());
    }

    /** An ELF file by its first bytes, plain bytes otherwise. */
    public static PpuImage of(byte[] bytes) {
        return ElfFile.begins(bytes) ? ofElf(bytes) : raw(bytes);
    }

    /** What is loaded, in the order of the file. */
    public List<PpuSection> sections() {
        return sections;
    }

    /** Pieces that have a size, by name. */
    public SortedMap<String, PpuSymbol> symbols() {
        return new TreeMap<>(symbols);
    }

    /** Bytes of SRAM up to the end of the last section there. */
    public int sramBytes() {
        return sections.stream()
                .filter(section -> section.memory() == PpuMemory.SRAM)
                .mapToInt(section -> section.offset() + section.content().length)
                .max()
                .orElse(0);
    }

    /** Bytes left for the stack. */
    public int stackBytes() {
        return STACK_TOP - sramBytes();
    }

    /**
     * A symbol.
     *
     * @throws ProgramRejectedException with the nearest names where there is none, or where it does not begin at a word
     */
    public PpuSymbol symbol(String name) {
        PpuSymbol symbol = symbols.get(name);
        if (symbol == null) {
            List<String> near = symbols.keySet().stream()
                    .sorted((a, b) -> Integer.compare(distance(a, name), distance(b, name)))
                    .limit(MOST_NEAR)
                    .toList();
            throw new ProgramRejectedException(
                    PPU_IMAGE, "symbol", name, "one of the image: " + near, "choose a name of 'ppu info'");
        }
        return symbol;
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    /** Writes the image into the memories of a processor; it must be in reset. */
    public void addLoad(PlaybackProgramBuilder program, Hemisphere ppu) {
        for (PpuMemory memory : PpuMemory.values()) {
            // Sections may share a word, so words are put together first.
            SortedMap<Integer, Integer> words = new TreeMap<>();
            for (PpuSection section : sections) {
                if (section.memory() == memory) {
                    int[] content = section.words();
                    for (int i = 0; i < content.length; i++) {
                        words.merge(section.firstWord() + i, content[i], (one, other) -> one | other);
                    }
                }
            }
            words.forEach((word, value) -> program.write(memory.busAddress(ppu, word), value));
        }
    }
}
