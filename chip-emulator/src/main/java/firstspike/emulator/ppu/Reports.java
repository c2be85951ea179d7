package firstspike.emulator.ppu;

/** What a processor met that a program hardly means: counted, the first of each kept (ppu.md 2.5, 4.2). Mutable. */
final class Reports {
    private long illegal;
    private int illegalAddress;
    private int illegalWord;
    private long wrapped;
    private long unmapped;
    private int unmappedProgramCounter;
    private int unmappedAddress;

    void clear() {
        copyFrom(new Reports());
    }

    void copyFrom(Reports other) {
        illegal = other.illegal;
        illegalAddress = other.illegalAddress;
        illegalWord = other.illegalWord;
        wrapped = other.wrapped;
        unmapped = other.unmapped;
        unmappedProgramCounter = other.unmappedProgramCounter;
        unmappedAddress = other.unmappedAddress;
    }

    void illegal(int pc, int word) {
        if (illegal++ == 0) {
            illegalAddress = pc;
            illegalWord = word;
        }
    }

    void wrapped() {
        wrapped++;
    }

    void unmapped(int pc, int address) {
        if (unmapped++ == 0) {
            unmappedProgramCounter = pc;
            unmappedAddress = address;
        }
    }

    long illegalCount() {
        return illegal;
    }

    long wrappedCount() {
        return wrapped;
    }

    long unmappedCount() {
        return unmapped;
    }

    /** The first unknown word, as a note says it. */
    String illegalText() {
        return String.format("unknown instruction 0x%08x at 0x%08x", illegalWord, illegalAddress);
    }

    /** The first access to nothing, as a note says it. */
    String unmappedText() {
        return String.format(
                "the instruction at 0x%08x reached for 0x%08x, where nothing is",
                unmappedProgramCounter, unmappedAddress);
    }
}
