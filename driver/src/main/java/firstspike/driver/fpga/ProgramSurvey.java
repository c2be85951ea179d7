package firstspike.driver.fpga;

import static firstspike.driver.error.ProgramRejectedException.Code.PROGRAM_TOO_LARGE;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.message.ToFpga;
import firstspike.driver.message.WireException;
import firstspike.driver.playback.InstructionSource;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ProgramSource;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.register.AddressMap;
import firstspike.driver.register.RegisterAccesses;
import firstspike.driver.register.UnreadableRegisters;

/**
 * What a program asks for, known before its first word is sent; everything that can be refused is refused here (wire.md 10,
 * playback.md 4.4, 9). Made by one pass over the words.
 */
final class ProgramSurvey {

    /** Instructions that streaming allows (playback.md 9). */
    static final long MOST_STREAMED = 1L << 26;

    private static final int PHY_MASK_FPGA = 0x8800_4000;
    private static final int PHY_CONFIG_FPGA = 0x8800_6000;
    private static final int PHY_MASK_CHIP = 0x0004_0000;
    private static final int PHYS = 8;
    private static final int PHY_REGISTER = 0x44;
    private static final int PHY_REGISTER_BITS = 0x47;

    private final long instructions;
    private final long[] expected = new long[ResponseKind.values().length];
    private long stimuli;
    private long ticks;
    private long sectionTicks;
    private boolean resetsChip;
    private boolean touchesLinks;
    private Boolean synced;

    private ProgramSurvey(long instructions) {
        this.instructions = instructions;
    }

    /**
     * Looks through a program.
     *
     * @param program to be sent
     * @param target for messages
     * @param allowStreaming whether more than the playback memory is accepted
     * @return what it asks for
     * @throws ProgramRejectedException more instructions or answers than allowed
     * @throws firstspike.driver.error.ProgramRejectedException a word that no FPGA understands
     * @throws firstspike.driver.error.ProgramRejectedException a halt among the words
     * @throws firstspike.driver.error.UnsupportedOnTargetException a read that hardware cannot answer
     */
    static ProgramSurvey of(ProgramSource program, String target, boolean allowStreaming) {
        long count = program.instructionCount();
        size("instructions of the program", count, allowStreaming);
        ProgramSurvey survey = new ProgramSurvey(count);
        survey.look(program.open(), target);
        if (!allowStreaming) {
            long reads = survey.expected(ResponseKind.OMNIBUS) + survey.expected(ResponseKind.JTAG);
            // each answer may cost a time message more
            size("trace messages of the program's reads", 2 * reads, false);
        }
        return survey;
    }

    private static void size(String what, long count, boolean allowStreaming) {
        long limit = allowStreaming ? MOST_STREAMED : PlaybackProgram.MAX_INSTRUCTIONS;
        if (count > limit) {
            ErrorDetail detail = ErrorDetail.of(
                    what, count, limit, allowStreaming ? "split the program" : "split the program or allow streaming");
            throw new ProgramRejectedException(
                    PROGRAM_TOO_LARGE, detail, new WireException(WireException.Code.PROGRAM_TOO_LARGE, detail));
        }
    }

    private void look(InstructionSource words, String target) {
        RegisterAccesses accesses = new RegisterAccesses(new RegisterAccesses.Visitor() {
            @Override
            public void read(int address, long index) {
                refuseUnreadable(address, index, target);
            }

            @Override
            public void write(int address, int value, long index) {
                touchesLinks |= address == PHY_MASK_FPGA
                        || address == PHY_MASK_CHIP
                        || address >= PHY_CONFIG_FPGA && address < PHY_CONFIG_FPGA + PHYS;
            }
        });
        while (words.next()) {
            long word = words.word();
            accesses.word(word, words.index());
            count(word);
        }
        ticks += sectionTicks;
    }

    private static void refuseUnreadable(int address, long index, String target) {
        long place = UnreadableRegisters.standard().place(address);
        if (place != AddressMap.UNMAPPED) {
            throw RegisterAccesses.unreadable(place, address, index, target, "keep what was written");
        }
    }

    private void count(long word) {
        switch (ToFpga.kind(word)) {
            case OMNIBUS_ADDRESS -> expected[ResponseKind.OMNIBUS.ordinal()] += ToFpga.isRead(word) ? 1 : 0;
            case JTAG_DATA -> expected[ResponseKind.JTAG.ordinal()] += ToFpga.keepsResponse(word) ? 1 : 0;
            case LOOPBACK -> expected[ResponseKind.LOOPBACK.ordinal()]++;
            case TIMER_SETUP -> {
                ticks += sectionTicks;
                sectionTicks = 0;
            }
            case WAIT_UNTIL -> sectionTicks = Math.max(sectionTicks, ToFpga.value(word));
            case RESET -> {
                if (ToFpga.value(word) != 0) {
                    resetsChip = true;
                    synced = false;
                }
            }
            case SYSTIME_INIT -> {
                if (ToFpga.value(word) != 0) {
                    synced = true;
                }
            }
            case JTAG_INS -> touchesLinks |= (ToFpga.value(word) & PHY_REGISTER_BITS) == PHY_REGISTER;
            case SPIKE_PACK_1, SPIKE_PACK_2, SPIKE_PACK_3 -> stimuli += ToFpga.spikeCount(word);
            case JTAG_INIT, JTAG_SCALER, BARRIER, POLLING_OMNIBUS_BLOCK, OMNIBUS_DATA -> {}
        }
    }

    /** Number of instructions. */
    long instructions() {
        return instructions;
    }

    /** How many answers of a kind a complete result has. */
    long expected(ResponseKind kind) {
        return expected[kind.ordinal()];
    }

    /** Spikes that are sent to the chip. */
    long stimuli() {
        return stimuli;
    }

    /** Longest waits of all sections between timer resets together, ticks (wire.md 10). */
    long ticks() {
        return ticks;
    }

    /** Whether the chip's reset line is asserted. */
    boolean resetsChip() {
        return resetsChip;
    }

    /** Whether the chip answers after the program if it did before: neither reset nor link set-up is in it. */
    boolean leavesLinksAlone() {
        return !resetsChip && !touchesLinks;
    }

    /**
     * @param before whether chip and FPGA counted together before the program
     * @return whether they do behind it
     */
    boolean syncedAfter(boolean before) {
        return synced == null ? before : synced;
    }
}
