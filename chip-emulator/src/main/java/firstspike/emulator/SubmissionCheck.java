package firstspike.emulator;

import firstspike.driver.link.ErrorDetail;
import firstspike.driver.link.MalformedRequestException;
import firstspike.driver.link.ProgramTooLargeException;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.UnexpectedHaltException;
import firstspike.driver.link.UnmappedAddressException;
import firstspike.driver.link.UnsupportedOnTargetException;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.InstructionSource;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ProgramSource;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.register.Access;
import firstspike.driver.register.AddressMap;
import firstspike.driver.register.Container;

/**
 * What is refused before a program runs: size, illegal words, addresses that no register owns, reads that hardware cannot
 * answer, and parts of the chip that are not emulated yet (playback.md 4.4, 9). Mutable; made anew for each program.
 */
final class SubmissionCheck {

    /** Most instructions of a streamed program (playback.md 9). */
    private static final long MOST_STREAMED = 1L << 26;

    private static final int ADDRESS_REGISTER = 5;
    private static final int REQUEST_REGISTER = 7;
    private static final int IDCODE = 1;
    private static final long JTAG_READ = 1L << 32;
    private static final int FEWEST_JTAG_BITS = 3;
    private static final int MOST_JTAG_BITS = 33;
    private static final long JTAG_DATA_UNUSED = 0xfeL << 48 | 0x7fL << 33;

    private final AddressMap map = AddressMap.standard();
    private final boolean strictAddresses;
    private final boolean strictReadback;
    private final String target;

    private boolean writeLatched;
    private int latched;
    private int jtagInstruction = IDCODE;
    private long jtagAddress;
    private boolean readsUnreadable;
    private final long[] expected = new long[ResponseKind.values().length];

    /**
     * @param target for messages
     * @param strictAddresses whether addresses that no register owns are refused
     * @param strictReadback whether reads that hardware cannot answer are refused
     */
    SubmissionCheck(String target, boolean strictAddresses, boolean strictReadback) {
        this.strictAddresses = strictAddresses;
        this.strictReadback = strictReadback;
        this.target = target;
    }

    /** Whether the program reads words that hardware could not read back; known after {@link #accept}. */
    boolean readsUnreadable() {
        return readsUnreadable;
    }

    /**
     * Checks a whole program.
     *
     * @param program any
     * @param options of the run
     * @throws ProgramTooLargeException more instructions or answers than the memories hold
     * @throws MalformedRequestException a word that no FPGA understands
     * @throws UnexpectedHaltException a halt inside
     * @throws UnmappedAddressException an address that no register owns
     * @throws UnsupportedOnTargetException a register or a part of the chip that this target does not offer
     */
    void accept(ProgramSource program, RunOptions options) {
        size(program.instructionCount(), options.allowStreaming());
        for (InstructionSource words = program.open(); words.next(); ) {
            word(words.word(), words.index());
        }
        if (!options.allowStreaming()) {
            traceSize();
        }
    }

    /** Answers that a complete result has; known after {@link #accept}. */
    long expectedResponses(ResponseKind kind) {
        return expected[kind.ordinal()];
    }

    private static void size(long instructions, boolean allowStreaming) {
        if (instructions > PlaybackProgram.MAX_INSTRUCTIONS && !allowStreaming) {
            throw new ProgramTooLargeException(
                    "instructions of the program",
                    instructions,
                    PlaybackProgram.MAX_INSTRUCTIONS,
                    "split the program or allow streaming");
        }
        if (instructions > MOST_STREAMED) {
            throw new ProgramTooLargeException(
                    "instructions of the streamed program", instructions, MOST_STREAMED, "split the program");
        }
    }

    private void traceSize() {
        long messages = 2 * (expectedResponses(ResponseKind.OMNIBUS) + expectedResponses(ResponseKind.JTAG));
        if (messages > PlaybackProgram.MAX_INSTRUCTIONS) {
            throw new ProgramTooLargeException(
                    "trace messages of the program's reads",
                    messages,
                    PlaybackProgram.MAX_INSTRUCTIONS,
                    "split the program or allow streaming");
        }
    }

    private void word(long word, long index) {
        ToFpga.Kind kind = ToFpga.kind(word);
        if (kind == null) {
            throw malformed(word, index, "header byte 0x00 to 0x0f", "send words as the message codec makes them");
        }
        if ((word & 0x00ff_ffff_ffff_ffffL) >>> kind.payloadBits() != 0) {
            throw malformed(word, index, kind.payloadBits() + " payload bits", "clear the bits above");
        }
        switch (kind) {
            case OMNIBUS_ADDRESS -> {
                latched = ToFpga.address(word);
                writeLatched = !ToFpga.isRead(word);
                if (!writeLatched) {
                    expected[ResponseKind.OMNIBUS.ordinal()]++;
                    read(latched, index);
                }
            }
            case OMNIBUS_DATA -> {
                if (!writeLatched) {
                    throw malformed(word, index, "a write address directly before", "send both words of the write");
                }
                write(latched, index);
                writeLatched = false;
            }
            case LOOPBACK -> {
                if (ToFpga.value(word) == 0) {
                    throw new UnexpectedHaltException(
                            "instruction " + index,
                            "halt",
                            "none in a user program",
                            "leave it out, the host appends it");
                }
                expected[ResponseKind.LOOPBACK.ordinal()]++;
                writeLatched = false;
            }
            case JTAG_INIT -> {
                jtagInstruction = IDCODE;
                writeLatched = false;
            }
            case JTAG_INS -> {
                jtagInstruction = (int) ToFpga.value(word);
                writeLatched = false;
            }
            case JTAG_DATA -> {
                jtag(word, index);
                expected[ResponseKind.JTAG.ordinal()] += ToFpga.keepsResponse(word) ? 1 : 0;
                writeLatched = false;
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
                    SPIKE_PACK_3 -> writeLatched = false;
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
            case REQUEST_REGISTER -> {
                if ((jtagAddress & JTAG_READ) != 0) {
                    read((int) jtagAddress, index);
                } else {
                    write((int) jtagAddress, index);
                }
            }
            default -> {}
        }
    }

    private void write(int address, long index) {
        if (!map.isMapped(address)) {
            unmapped(address, index, "write");
        }
    }

    private void read(int address, long index) {
        long place = map.locate(address);
        if (place == AddressMap.UNMAPPED) {
            unmapped(address, index, "read");
            return;
        }
        Container container = AddressMap.container(place);
        if (container.layout().access() == Access.UNREADABLE_ON_HARDWARE) {
            readsUnreadable = true;
            if (strictReadback) {
                throw new UnsupportedOnTargetException(
                        ErrorDetail.of(
                                        "read of " + container.title() + " " + AddressMap.coordinate(place) + " on "
                                                + target,
                                        String.format("address 0x%08x", address),
                                        "not readable on hardware",
                                        "keep what was written, or add strict_readback=false to the target")
                                .at(index),
                        null);
            }
        }
    }

    private void unmapped(int address, long index, String access) {
        if (strictAddresses) {
            throw new UnmappedAddressException(
                    ErrorDetail.of(
                                    access + " address",
                                    String.format("0x%08x", address),
                                    "addresses of registers.md 2",
                                    "correct the address, or add strict_addresses=false to the target")
                            .at(index),
                    null);
        }
    }

    private static MalformedRequestException malformed(long word, long index, String limit, String remedy) {
        return new MalformedRequestException(
                ErrorDetail.of("instruction word", String.format("0x%016x", word), limit, remedy)
                        .at(index),
                null);
    }
}
