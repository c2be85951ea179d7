package firstspike.driver.ppu;

import static firstspike.driver.error.ProgramRejectedException.Code.PPU_IMAGE;

import firstspike.driver.error.ProgramRejectedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads linked ELF files of 32 bits in big-endian order for machine 20 (ppu.md 1.4). Files are not trusted: every offset and
 * size is held against the file and the memory before it is used.
 *
 * <pre>
 * header   0 magic, class, order | 16 type, machine | 32 section table | 46 entry size, count, index of names
 * section  0 name, type | 12 address, offset, size, link | 36 entry size
 * symbol   0 name, value, size, info
 * </pre>
 */
final class ElfFile {
    private static final int HEADER_BYTES = 52;
    private static final int SECTION_BYTES = 40;
    private static final int SYMBOL_BYTES = 16;
    private static final int MAGIC = 0x7F45_4C46;
    private static final int MACHINE = 20;
    private static final int RELOCATABLE = 1;
    private static final int EXECUTABLE = 2;
    private static final int SYMBOLS = 2;
    private static final int NO_BITS = 8;
    /** Most bytes that an image may fill, far above every memory but the DRAM. */
    private static final int MOST_BYTES = 1 << 24;

    private static final List<String> LOADED = List.of(".text", ".data", ".rodata", ".bss", ".init", ".fini");

    private final ByteBuffer file;
    private final List<PpuSection> sections = new ArrayList<>();
    private final SortedMap<String, PpuSymbol> symbols = new TreeMap<>();
    private long loaded;

    /** @throws ProgramRejectedException that names offset and reason */
    ElfFile(byte[] bytes) {
        file = ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
        checkHeader();
        readSections();
    }

    /** Whether bytes begin as an ELF file does. */
    static boolean begins(byte[] bytes) {
        return bytes.length >= 4 && ByteBuffer.wrap(bytes).getInt() == MAGIC;
    }

    List<PpuSection> sections() {
        return sections;
    }

    SortedMap<String, PpuSymbol> symbols() {
        return symbols;
    }

    private void checkHeader() {
        need(0, HEADER_BYTES, "ELF header");
        expect(0, file.getInt(0), MAGIC, "magic");
        expect(4, file.get(4), 1, "class (1: 32 bit)");
        expect(5, file.get(5), 2, "byte order (2: big-endian)");
        expect(18, file.getShort(18), MACHINE, "machine (20: PowerPC)");
        if (file.getShort(16) == RELOCATABLE) {
            throw new ProgramRejectedException(
                    PPU_IMAGE, "ELF type at offset 16", "relocatable", "executable", "link it first");
        }
        expect(16, file.getShort(16), EXECUTABLE, "type (2: executable)");
        expect(46, file.getShort(46), SECTION_BYTES, "size of a section header");
    }

    private void readSections() {
        int count = file.getShort(48) & 0xFFFF;
        long table = file.getInt(32) & 0xFFFF_FFFFL;
        need(table, (long) count * SECTION_BYTES, "section headers");
        int names = file.getShort(50) & 0xFFFF;
        if (names >= count) {
            throw broken(50, "index of the section names", names, "below " + count);
        }
        for (int i = 0; i < count; i++) {
            int header = (int) table + SECTION_BYTES * i;
            String name = text((int) table + SECTION_BYTES * names, file.getInt(header) & 0xFFFF_FFFFL);
            int type = file.getInt(header + 4);
            if (type == SYMBOLS) {
                readSymbols(header, (int) table, count);
            } else if (file.getInt(header + 20) != 0) {
                PpuMemory memory = memory(name, file.getInt(header + 12));
                if (memory != null) {
                    sections.add(section(header, name, type, memory));
                }
            }
        }
    }

    /** Memory of a section by its name, as the vendor's loader decides; null: not loaded. */
    private static PpuMemory memory(String name, int address) {
        if (name.startsWith("int")) {
            return PpuMemory.SRAM;
        }
        if (name.startsWith("ext")) {
            return PpuMemory.of(address) == PpuMemory.DRAM ? PpuMemory.DRAM : PpuMemory.EXTERNAL;
        }
        return LOADED.stream().anyMatch(name::contains) ? PpuMemory.SRAM : null;
    }

    private PpuSection section(int header, String name, int type, PpuMemory memory) {
        int address = file.getInt(header + 12);
        long size = file.getInt(header + 20) & 0xFFFF_FFFFL;
        long from = memory == PpuMemory.SRAM ? address & 0xFFFF_FFFFL : PpuMemory.offset(address);
        loaded += size;
        if (from + size > memory.bytes() || loaded > MOST_BYTES) {
            throw broken(
                    header + 12,
                    "section " + name,
                    String.format("%d bytes from 0x%08x", size, address),
                    "within " + memory + " of " + memory.bytes() + " bytes, all sections " + MOST_BYTES + " bytes");
        }
        byte[] content = new byte[(int) size];
        if (type != NO_BITS) {
            long offset = file.getInt(header + 16) & 0xFFFF_FFFFL;
            need(offset, size, "section " + name);
            file.get((int) offset, content);
        }
        return new PpuSection(name, memory, (int) from, content);
    }

    private void readSymbols(int header, int table, int count) {
        long offset = file.getInt(header + 16) & 0xFFFF_FFFFL;
        long size = file.getInt(header + 20) & 0xFFFF_FFFFL;
        need(offset, size, "symbol table");
        int names = file.getInt(header + 24);
        if (names < 0 || names >= count) {
            throw broken(header + 24, "index of the symbol names", names, "below " + count);
        }
        for (int at = (int) offset; at + SYMBOL_BYTES <= offset + size; at += SYMBOL_BYTES) {
            int bytes = file.getInt(at + 8);
            if (bytes > 0) {
                String name = text(table + SECTION_BYTES * names, file.getInt(at) & 0xFFFF_FFFFL);
                symbols.put(name, new PpuSymbol(name, file.getInt(at + 4), bytes));
            }
        }
    }

    /** A text of a string table that ends with a zero byte. */
    private String text(int header, long index) {
        long offset = file.getInt(header + 16) & 0xFFFF_FFFFL;
        long size = file.getInt(header + 20) & 0xFFFF_FFFFL;
        need(offset, size, "string table");
        if (index >= size) {
            throw broken(header, "name at " + index, "outside", "within the " + size + " bytes of its table");
        }
        int from = (int) (offset + index);
        int end = from;
        while (end < offset + size && file.get(end) != 0) {
            end++;
        }
        return new String(file.array(), from, end - from, StandardCharsets.UTF_8);
    }

    private void need(long offset, long size, String what) {
        if (offset + size > file.capacity()) {
            throw broken(
                    offset, what, "needs " + size + " bytes", "a file of " + file.capacity() + " bytes (truncated?)");
        }
    }

    private void expect(int offset, int found, int expected, String what) {
        if (found != expected) {
            throw broken(offset, what, found, expected);
        }
    }

    private static ProgramRejectedException broken(long offset, String what, Object value, Object expected) {
        return new ProgramRejectedException(
                PPU_IMAGE,
                what + " at offset " + offset,
                value,
                expected,
                "give a linked big-endian 32-bit PowerPC file, or --raw for plain bytes");
    }
}
