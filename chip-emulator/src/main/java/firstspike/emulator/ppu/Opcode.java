package firstspike.emulator.ppu;

import static firstspike.emulator.ppu.Format.*;

import java.util.Locale;

/** Scalar instructions by primary and extended opcode (ppu.md 2.3). */
enum Opcode {
    ADDI(14, ADD_IMMEDIATE),
    ADDIS(15, ADD_IMMEDIATE),
    ADDIC(12, ARITHMETIC_IMMEDIATE),
    ADDIC_RECORD(13, ARITHMETIC_IMMEDIATE, "addic."),
    SUBFIC(8, ARITHMETIC_IMMEDIATE),
    MULLI(7, ARITHMETIC_IMMEDIATE),
    ORI(24, LOGIC_IMMEDIATE),
    ORIS(25, LOGIC_IMMEDIATE),
    XORI(26, LOGIC_IMMEDIATE),
    XORIS(27, LOGIC_IMMEDIATE),
    ANDI(28, LOGIC_IMMEDIATE, "andi."),
    ANDIS(29, LOGIC_IMMEDIATE, "andis."),
    CMPLI(10, COMPARE_IMMEDIATE, "cmplwi"),
    CMPI(11, COMPARE_IMMEDIATE, "cmpwi"),
    ADD(31, 266, ARITHMETIC),
    ADDC(31, 10, ARITHMETIC),
    ADDE(31, 138, ARITHMETIC),
    ADDME(31, 234, ARITHMETIC_UNARY),
    ADDZE(31, 202, ARITHMETIC_UNARY),
    SUBF(31, 40, ARITHMETIC),
    SUBFC(31, 8, ARITHMETIC),
    SUBFE(31, 136, ARITHMETIC),
    SUBFME(31, 232, ARITHMETIC_UNARY),
    SUBFZE(31, 200, ARITHMETIC_UNARY),
    NEG(31, 104, ARITHMETIC_UNARY),
    MULLW(31, 235, ARITHMETIC),
    MULHW(31, 75, ARITHMETIC),
    MULHWU(31, 11, ARITHMETIC),
    DIVW(31, 491, ARITHMETIC),
    DIVWU(31, 459, ARITHMETIC),
    AND(31, 28, LOGIC),
    ANDC(31, 60, LOGIC),
    OR(31, 444, LOGIC),
    ORC(31, 412, LOGIC),
    XOR(31, 316, LOGIC),
    NAND(31, 476, LOGIC),
    NOR(31, 124, LOGIC),
    EQV(31, 284, LOGIC),
    SLW(31, 24, LOGIC),
    SRW(31, 536, LOGIC),
    SRAW(31, 792, LOGIC),
    SRAWI(31, 824, SHIFT_IMMEDIATE),
    EXTSB(31, 954, LOGIC_UNARY),
    EXTSH(31, 922, LOGIC_UNARY),
    CNTLZW(31, 26, LOGIC_UNARY),
    POPCNTB(31, 122, LOGIC_UNARY),
    PRTYW(31, 154, LOGIC_UNARY),
    RLWIMI(20, ROTATE_INSERT),
    RLWINM(21, ROTATE),
    RLWNM(23, ROTATE_REGISTER),
    CMP(31, 0, COMPARE, "cmpw"),
    CMPL(31, 32, COMPARE, "cmplw"),
    LWZ(32, LOAD),
    LWZX(31, 23, LOAD_INDEXED),
    LWZU(33, LOAD),
    LWZUX(31, 55, LOAD_INDEXED),
    LBZ(34, LOAD),
    LBZX(31, 87, LOAD_INDEXED),
    LBZU(35, LOAD),
    LBZUX(31, 119, LOAD_INDEXED),
    LHZ(40, LOAD),
    LHZX(31, 279, LOAD_INDEXED),
    LHZU(41, LOAD),
    LHZUX(31, 311, LOAD_INDEXED),
    LHA(42, LOAD),
    LHAX(31, 343, LOAD_INDEXED),
    LHAU(43, LOAD),
    LHAUX(31, 375, LOAD_INDEXED),
    LMW(46, LOAD),
    STW(36, STORE),
    STWX(31, 151, STORE_INDEXED),
    STWU(37, STORE),
    STWUX(31, 183, STORE_INDEXED),
    STB(38, STORE),
    STBX(31, 215, STORE_INDEXED),
    STBU(39, STORE),
    STBUX(31, 247, STORE_INDEXED),
    STH(44, STORE),
    STHX(31, 407, STORE_INDEXED),
    STHU(45, STORE),
    STHUX(31, 439, STORE_INDEXED),
    STMW(47, STORE),
    B(18, BRANCH),
    BC(16, BRANCH_CONDITIONAL),
    BCLR(19, 16, BRANCH_REGISTER),
    BCCTR(19, 528, BRANCH_REGISTER),
    MCRF(19, 0, CONDITION_MOVE),
    CRAND(19, 257, CONDITION_LOGIC),
    CROR(19, 449, CONDITION_LOGIC),
    CRXOR(19, 193, CONDITION_LOGIC),
    CRNAND(19, 225, CONDITION_LOGIC),
    CRNOR(19, 33, CONDITION_LOGIC),
    CREQV(19, 289, CONDITION_LOGIC),
    CRANDC(19, 129, CONDITION_LOGIC),
    CRORC(19, 417, CONDITION_LOGIC),
    RFI(19, 50, RETURN),
    RFCI(19, 51, RETURN),
    RFMCI(19, 38, RETURN),
    MFSPR(31, 339, MOVE_FROM_SPECIAL),
    MTSPR(31, 467, MOVE_TO_SPECIAL),
    MFCR(31, 19, MOVE_FROM_CONDITION),
    MTCRF(31, 144, MOVE_TO_CONDITION),
    MFMSR(31, 83, MOVE_FROM_STATE),
    MTMSR(31, 146, MOVE_TO_STATE),
    TWI(3, TRAP_IMMEDIATE),
    TW(31, 4, TRAP),
    ECIWX(31, 310, LOAD_INDEXED),
    ECOWX(31, 438, STORE_INDEXED),
    SYNC(31, 598, CONTROL),
    WAIT(31, 62, CONTROL),
    FXV(4, VECTOR),
    ILLEGAL(-1, UNKNOWN);

    private static final int EXTENDED = 1024;
    private static final int OVERFLOW = 512;
    private static final int NO_EXTENSION = -1;
    private static final Opcode[] PRIMARY = new Opcode[64];
    private static final Opcode[] SYSTEM = new Opcode[EXTENDED];
    private static final Opcode[] INTEGER = new Opcode[EXTENDED];

    static {
        for (Opcode opcode : values()) {
            if (opcode.extended != NO_EXTENSION) {
                Opcode[] table = opcode.primary == 19 ? SYSTEM : INTEGER;
                table[opcode.extended] = opcode;
                if (opcode.hasOverflow()) {
                    table[opcode.extended | OVERFLOW] = opcode;
                }
            } else if (opcode != ILLEGAL) {
                PRIMARY[opcode.primary] = opcode;
            }
        }
    }

    private final int primary;
    private final int extended;
    private final Format format;
    private final String mnemonic;

    Opcode(int primary, Format format) {
        this(primary, NO_EXTENSION, format, null);
    }

    Opcode(int primary, Format format, String mnemonic) {
        this(primary, NO_EXTENSION, format, mnemonic);
    }

    Opcode(int primary, int extended, Format format) {
        this(primary, extended, format, null);
    }

    Opcode(int primary, int extended, Format format, String mnemonic) {
        this.primary = primary;
        this.extended = extended;
        this.format = format;
        this.mnemonic = mnemonic == null ? name().toLowerCase(Locale.ROOT) : mnemonic;
    }

    /** The instruction of a word; {@link #ILLEGAL} where no unit knows it. */
    static Opcode of(int word) {
        int extended = word >>> 1 & EXTENDED - 1;
        Opcode opcode =
                switch (word >>> 26) {
                    case 4 -> VectorOpcode.of(word) == null ? null : FXV;
                    case 19 -> SYSTEM[extended];
                    case 31 -> INTEGER[extended];
                    default -> PRIMARY[word >>> 26];
                };
        return opcode == null ? ILLEGAL : opcode;
    }

    Format format() {
        return format;
    }

    /** Name in assembler text, without the marks of recording forms. */
    String mnemonic() {
        return mnemonic;
    }

    /** Whether bit 10 asks to record an overflow. */
    boolean hasOverflow() {
        return (format == ARITHMETIC || format == ARITHMETIC_UNARY) && this != MULHW && this != MULHWU;
    }

    /** Whether bit 0 asks to compare the result with 0. */
    boolean hasRecord() {
        return switch (format) {
            case ARITHMETIC, ARITHMETIC_UNARY, LOGIC, SHIFT_IMMEDIATE, ROTATE, ROTATE_INSERT, ROTATE_REGISTER -> true;
            case LOGIC_UNARY -> this != POPCNTB && this != PRTYW;
            default -> false;
        };
    }

    /** Whether a load or store writes its address back. */
    boolean updates() {
        return switch (this) {
            case LWZU, LWZUX, LBZU, LBZUX, LHZU, LHZUX, LHAU, LHAUX, STWU, STWUX, STBU, STBUX, STHU, STHUX -> true;
            default -> false;
        };
    }

    /** Bytes of a load or store. */
    int bytes() {
        return switch (this) {
            case LBZ, LBZX, LBZU, LBZUX, STB, STBX, STBU, STBUX -> 1;
            case LHZ, LHZX, LHZU, LHZUX, LHA, LHAX, LHAU, LHAUX, STH, STHX, STHU, STHUX -> 2;
            default -> 4;
        };
    }
}
