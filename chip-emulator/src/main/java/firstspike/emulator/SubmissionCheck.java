package firstspike.emulator;

import static firstspike.driver.error.ProgramRejectedException.Code.PROGRAM_TOO_LARGE;
import static firstspike.driver.error.ProgramRejectedException.Code.UNMAPPED_ADDRESS;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.link.RunOptions;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.InstructionSource;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ProgramSource;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.register.AddressMap;
import firstspike.driver.register.RegisterAccesses;
import firstspike.driver.register.UnreadableRegisters;

/**
 * What is refused before a program runs: size, illegal words, addresses that no register owns, reads that hardware cannot
 * answer, and parts of the chip that are not emulated yet (playback.md 4.4, 9). Mutable; made anew for each program.
 */
final class SubmissionCheck implements RegisterAccesses.Visitor {

    /** Most instructions of a streamed program (playback.md 9). */
    private static final long MOST_STREAMED = 1L << 26;

    private static final int READABLE = 1024;

    private final AddressMap map = AddressMap.standard();
    private final boolean strictAddresses;
    private final boolean strictReadback;
    private final String target;

    /** Addresses that were read before and found good, by their lowest bits: a trace reads the same few a thousand times. */
    private final int[] readable = new int[READABLE];

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
     * @throws ProgramRejectedException more instructions or answers than the memories hold
     * @throws firstspike.driver.error.ProgramRejectedException a word that no FPGA understands
     * @throws firstspike.driver.error.ProgramRejectedException a halt inside
     * @throws ProgramRejectedException an address that no register owns
     * @throws firstspike.driver.error.UnsupportedOnTargetException a register or a part of the chip that this target does not offer
     */
    void accept(ProgramSource program, RunOptions options) {
        size(program.instructionCount(), options.allowStreaming());
        RegisterAccesses accesses = new RegisterAccesses(this);
        for (InstructionSource words = program.open(); words.next(); ) {
            accesses.word(words.word(), words.index());
            count(words.word());
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
            throw new ProgramRejectedException(
                    PROGRAM_TOO_LARGE,
                    "instructions of the program",
                    instructions,
                    PlaybackProgram.MAX_INSTRUCTIONS,
                    "split the program or allow streaming");
        }
        if (instructions > MOST_STREAMED) {
            throw new ProgramRejectedException(
                    PROGRAM_TOO_LARGE,
                    "instructions of the streamed program",
                    instructions,
                    MOST_STREAMED,
                    "split the program");
        }
    }

    private void traceSize() {
        long messages = 2 * (expectedResponses(ResponseKind.OMNIBUS) + expectedResponses(ResponseKind.JTAG));
        if (messages > PlaybackProgram.MAX_INSTRUCTIONS) {
            throw new ProgramRejectedException(
                    PROGRAM_TOO_LARGE,
                    "trace messages of the program's reads",
                    messages,
                    PlaybackProgram.MAX_INSTRUCTIONS,
                    "split the program or allow streaming");
        }
    }

    private void count(long word) {
        switch (ToFpga.kind(word)) {
            case OMNIBUS_ADDRESS -> expected[ResponseKind.OMNIBUS.ordinal()] += ToFpga.isRead(word) ? 1 : 0;
            case JTAG_DATA -> expected[ResponseKind.JTAG.ordinal()] += ToFpga.keepsResponse(word) ? 1 : 0;
            case LOOPBACK -> expected[ResponseKind.LOOPBACK.ordinal()]++;
            default -> {}
        }
    }

    @Override
    public void write(int address, int value, long index) {
        if (!map.isMapped(address)) {
            unmapped(address, index, "write");
        }
    }

    @Override
    public void read(int address, long index) {
        int slot = address & READABLE - 1;
        // 0 is what an empty slot holds
        if (readable[slot] == address && address != 0) {
            return;
        }
        if (!map.isMapped(address)) {
            unmapped(address, index, "read");
            return;
        }
        long place = UnreadableRegisters.standard().place(address);
        if (place != AddressMap.UNMAPPED) {
            readsUnreadable = true;
            if (strictReadback) {
                throw RegisterAccesses.unreadable(
                        place,
                        address,
                        index,
                        target,
                        "keep what was written, or add strict_readback=false to the target");
            }
        }
        readable[slot] = address;
    }

    private void unmapped(int address, long index, String access) {
        if (strictAddresses) {
            throw new ProgramRejectedException(
                    UNMAPPED_ADDRESS,
                    ErrorDetail.of(
                                    access + " address",
                                    String.format("0x%08x", address),
                                    "addresses of registers.md 2",
                                    "correct the address, or add strict_addresses=false to the target")
                            .at(index),
                    null);
        }
    }
}
