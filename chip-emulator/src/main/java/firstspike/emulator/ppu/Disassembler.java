package firstspike.emulator.ppu;

import java.util.Locale;

/** Writes words of a program as assembler text, in the mnemonics of ppu.md 2.3 and 3.4. */
public final class Disassembler {
    private static final String[] CONDITIONS = {"", ", gt", ", lt", ", eq"};

    private Disassembler() {}

    /**
     * Text of one word.
     *
     * @param word of the program
     * @param address where it stands, for the targets of branches
     * @return for example {@code addi r3, r1, 8}; what no unit knows as {@code .long 0x00000000 ?}
     */
    public static String text(int word, int address) {
        Instruction i = new Instruction(word);
        if (i.opcode == Opcode.ILLEGAL) {
            return String.format("%-9s 0x%08x ?", ".long", word);
        }
        String name = i.vector != null ? i.vector.mnemonic() : mnemonic(i);
        return String.format(Locale.ROOT, "%-9s %s", name, operands(i, address)).stripTrailing();
    }

    private static String mnemonic(Instruction i) {
        String link =
                switch (i.opcode.format()) {
                    case BRANCH, BRANCH_CONDITIONAL, BRANCH_REGISTER -> i.record ? "l" : "";
                    default -> i.overflow ? "o" : "";
                };
        return i.opcode.mnemonic() + link + (i.record && i.opcode.hasRecord() ? "." : "");
    }

    private static String operands(Instruction i, int address) {
        int mb = i.word >>> 6 & 31;
        int me = i.word >>> 1 & 31;
        return switch (i.opcode.format()) {
            case ADD_IMMEDIATE, ARITHMETIC_IMMEDIATE -> "r" + i.rt + ", r" + i.ra + ", " + i.immediate;
            case LOGIC_IMMEDIATE -> "r" + i.ra + ", r" + i.rt + ", " + (i.immediate & 0xFFFF);
            case COMPARE_IMMEDIATE ->
                "cr" + (i.rt >> 2) + ", r" + i.ra + ", "
                        + (i.opcode == Opcode.CMPLI ? i.immediate & 0xFFFF : i.immediate);
            case COMPARE -> "cr" + (i.rt >> 2) + ", r" + i.ra + ", r" + i.rb;
            case ARITHMETIC -> "r" + i.rt + ", r" + i.ra + ", r" + i.rb;
            case ARITHMETIC_UNARY -> "r" + i.rt + ", r" + i.ra;
            case LOGIC -> "r" + i.ra + ", r" + i.rt + ", r" + i.rb;
            case LOGIC_UNARY -> "r" + i.ra + ", r" + i.rt;
            case SHIFT_IMMEDIATE -> "r" + i.ra + ", r" + i.rt + ", " + i.rb;
            case ROTATE, ROTATE_INSERT -> "r" + i.ra + ", r" + i.rt + ", " + i.rb + ", " + mb + ", " + me;
            case ROTATE_REGISTER -> "r" + i.ra + ", r" + i.rt + ", r" + i.rb + ", " + mb + ", " + me;
            case LOAD, STORE -> "r" + i.rt + ", " + i.immediate + "(r" + i.ra + ")";
            case LOAD_INDEXED, STORE_INDEXED -> "r" + i.rt + ", r" + i.ra + ", r" + i.rb;
            case BRANCH -> hex(((i.word & 2) == 0 ? address : 0) + (i.word << 6 >> 6 & ~3));
            case BRANCH_CONDITIONAL ->
                i.rt + ", " + i.ra + ", " + hex(((i.word & 2) == 0 ? address : 0) + (i.immediate & ~3));
            case BRANCH_REGISTER -> i.rt + ", " + i.ra;
            case CONDITION_LOGIC -> i.rt + ", " + i.ra + ", " + i.rb;
            case CONDITION_MOVE -> "cr" + (i.rt >> 2) + ", cr" + (i.ra >> 2);
            case MOVE_FROM_SPECIAL -> "r" + i.rt + ", " + i.special();
            case MOVE_TO_SPECIAL -> i.special() + ", r" + i.rt;
            case MOVE_FROM_CONDITION, MOVE_FROM_STATE, MOVE_TO_STATE -> "r" + i.rt;
            case MOVE_TO_CONDITION -> (i.word >>> 12 & 0xFF) + ", r" + i.rt;
            case TRAP_IMMEDIATE -> i.rt + ", r" + i.ra + ", " + (i.immediate & 0xFFFF);
            case TRAP -> i.rt + ", r" + i.ra + ", r" + i.rb;
            case VECTOR -> vector(i);
            case RETURN, CONTROL, UNKNOWN -> "";
        };
    }

    private static String vector(Instruction i) {
        String condition = CONDITIONS[i.condition()];
        return switch (i.vector.kind()) {
            case LOAD, STORE, INPUT, OUTPUT -> "v" + i.rt + ", r" + i.ra + ", r" + i.rb + condition;
            case SPLAT -> "v" + i.rt + ", r" + i.ra;
            case COMPARE -> "v" + i.ra;
            case SHIFT -> "v" + i.rt + ", v" + i.ra + ", " + (i.rb << 27 >> 27);
            case PACK_UPPER, PACK_LOWER, UNPACK_LEFT, UNPACK_RIGHT ->
                "v" + i.rt + ", v" + i.ra + ", v" + i.rb + ", " + i.condition();
            default -> {
                String target = i.vector.kind().toAccumulator() ? "" : "v" + i.rt + ", ";
                String second = i.vector.kind().readsB() ? ", v" + i.rb : "";
                yield target + "v" + i.ra + second + condition;
            }
        };
    }

    private static String hex(int address) {
        return String.format("0x%08x", address);
    }
}
