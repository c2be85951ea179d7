package firstspike.driver.register;

import static firstspike.driver.error.ProgramRejectedException.Code.MALFORMED_REQUEST;
import static firstspike.driver.error.ProgramRejectedException.Code.UNEXPECTED_HALT;
import static firstspike.driver.error.UnsupportedOnTargetException.Code.UNSUPPORTED_ON_TARGET;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.message.ToFpga;
import firstspike.driver.message.WireException;

/**
 * Reads instruction words in order, refuses those that no FPGA understands, and tells the register accesses among them, over
 * Omnibus and over JTAG (wire.md 4, 8). Mutable; one owner thread; made anew for each program.
 */
public final class RegisterAccesses {

    private static final int ADDRESS_REGISTER = 5;
    private static final int DATA_REGISTER = 6;
    private static final int REQUEST_REGISTER = 7;
    private static final int IDCODE = 1;
    private static final long JTAG_READ = 1L << 32;
    private static final int FEWEST_JTAG_BITS = 3;
    private static final int MOST_JTAG_BITS = 33;
    private static final long JTAG_DATA_UNUSED = 0xfeL << 48 | 0x7fL << 33;
    private static final long PAYLOAD = 0x00ff_ffff_ffff_ffffL;

    private final Visitor visitor;
    private boolean writeLatched;
    private int latched;
    private int jtagInstruction = IDCODE;
    private long jtagAddress;
    private int jtagData;

    /** @param visitor is told of each access */
    public RegisterAccesses(Visitor visitor) {
        this.visitor = visitor;
    }

    /** Is told of register accesses in program order. */
    public interface Visitor {

        /**
         * @param address 32 bit, bit 31 set for FPGA registers
         * @param index of the instruction that asks
         */
        void read(int address, long index);

        /**
         * @param address 32 bit, bit 31 set for FPGA registers
         * @param value the word
         * @param index of the instruction that brings the value
         */
        void write(int address, int value, long index);
    }

    /**
     * Takes the next word.
     *
     * @param word an instruction
     * @param index of it, counted from 0
     * @throws ProgramRejectedException when no FPGA understands it
     * @throws ProgramRejectedException when it is a halt
     */
    public void word(long word, long index) {
        ToFpga.Kind kind = ToFpga.kind(word);
        if (kind == null) {
            throw malformed(word, index, "header byte 0x00 to 0x0f", "send words as the message codec makes them");
        }
        if ((word & PAYLOAD) >>> kind.payloadBits() != 0) {
            throw malformed(word, index, kind.payloadBits() + " payload bits", "clear the bits above");
        }
        boolean before = writeLatched;
        writeLatched = false;
        switch (kind) {
            case OMNIBUS_ADDRESS -> {
                latched = ToFpga.address(word);
                writeLatched = !ToFpga.isRead(word);
                if (!writeLatched) {
                    visitor.read(latched, index);
                }
            }
            case OMNIBUS_DATA -> {
                if (!before) {
                    throw orphan(word, index);
                }
                visitor.write(latched, (int) ToFpga.value(word), index);
            }
            case JTAG_INIT -> jtagInstruction = IDCODE;
            case JTAG_INS -> jtagInstruction = (int) ToFpga.value(word);
            case JTAG_DATA -> jtag(word, index);
            case LOOPBACK -> {
                if (word == ToFpga.HALT) {
                    throw halt(index);
                }
            }
            case JTAG_SCALER,
                    TIMER_SETUP,
                    WAIT_UNTIL,
                    SYSTIME_INIT,
                    BARRIER,
                    POLLING_OMNIBUS_BLOCK,
                    RESET,
                    SPIKE_PACK_1,
                    SPIKE_PACK_2,
                    SPIKE_PACK_3 -> {}
        }
    }

    private void jtag(long word, long index) {
        int bits = ToFpga.numBits(word);
        if (bits < FEWEST_JTAG_BITS || bits > MOST_JTAG_BITS || (word & JTAG_DATA_UNUSED) != 0) {
            throw malformed(word, index, "3 to 33 bits", "shift in several steps");
        }
        long payload = ToFpga.jtagPayload(word);
        switch (jtagInstruction) {
            case ADDRESS_REGISTER -> jtagAddress = payload;
            case DATA_REGISTER -> jtagData = (int) payload;
            case REQUEST_REGISTER -> {
                if ((jtagAddress & JTAG_READ) != 0) {
                    visitor.read((int) jtagAddress, index);
                } else {
                    visitor.write((int) jtagAddress, jtagData, index);
                }
            }
            default -> {}
        }
    }

    /**
     * The refusal of a read that hardware cannot answer (registers.md 4.5).
     *
     * @param place of the register, mapped
     * @param address that was to be read
     * @param index of the instruction
     * @param target whose chip it is
     * @param remedy what the caller can do
     * @return the error
     */
    public static UnsupportedOnTargetException unreadable(
            long place, int address, long index, String target, String remedy) {
        String register = AddressMap.container(place).title() + " " + AddressMap.coordinate(place);
        return new UnsupportedOnTargetException(
                UNSUPPORTED_ON_TARGET,
                ErrorDetail.of(
                                "read of " + register + " on " + target,
                                String.format("address 0x%08x", address),
                                "not readable on hardware",
                                remedy)
                        .at(index),
                null);
    }

    private static ProgramRejectedException halt(long index) {
        ErrorDetail detail = ErrorDetail.of(
                        "instruction", "halt", "none in a user program", "leave it out, the host appends it")
                .at(index);
        return new ProgramRejectedException(
                UNEXPECTED_HALT, detail, new WireException(WireException.Code.UNEXPECTED_HALT, detail));
    }

    private static ProgramRejectedException orphan(long word, long index) {
        ErrorDetail detail = detail(word, index, "a write address directly before", "send both words of the write");
        return new ProgramRejectedException(
                MALFORMED_REQUEST, detail, new WireException(WireException.Code.ORPHAN_DATA, detail));
    }

    private static ProgramRejectedException malformed(long word, long index, String limit, String remedy) {
        ErrorDetail detail = detail(word, index, limit, remedy);
        return new ProgramRejectedException(
                MALFORMED_REQUEST, detail, new WireException(WireException.Code.FIELD_RANGE, detail));
    }

    private static ErrorDetail detail(long word, long index, String limit, String remedy) {
        return ErrorDetail.of("instruction word", String.format("0x%016x", word), limit, remedy)
                .at(index);
    }
}
