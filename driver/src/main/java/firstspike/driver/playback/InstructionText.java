package firstspike.driver.playback;

import firstspike.driver.message.ToFpga;
import firstspike.driver.message.ToFpgaMessage;
import java.util.Locale;

/**
 * Prints the instructions of one program, one a line: index, timer value at issue where it is known, content. Mutable; one
 * owner thread; made anew for each program.
 */
public final class InstructionText {

    /** Value of {@link #tick()} where nobody knows it. */
    public static final long UNKNOWN = -1;

    /** Few enough to stay below every in-flight limit, so that no instruction stalls. */
    private static final int UNSTALLED_ACCESSES = 8;

    private long index = -1;
    private long issue = UNKNOWN;
    private long tau = UNKNOWN;
    private int accesses;

    /**
     * Takes the next instruction and prints it.
     *
     * @param word any word
     * @return the line, without its end
     * @throws firstspike.driver.message.WireException UNKNOWN_HEADER or FIELD_RANGE
     */
    public String line(long word) {
        ToFpgaMessage message = ToFpgaMessage.of(word, index + 1);
        index++;
        issue = tau;
        advance(message);
        return line(index, issue, content(message));
    }

    /**
     * A line as {@link #line(long)} prints it.
     *
     * @param index counted from 0
     * @param tick time, or {@link #UNKNOWN}
     * @param content what happened
     * @return the line, without its end
     */
    public static String line(long index, long tick, String content) {
        return String.format(Locale.ROOT, "%7d %10s  %s", index, tick == UNKNOWN ? "-" : Long.toString(tick), content);
    }

    /** Index of the instruction that was printed last; -1 before the first. */
    public long index() {
        return index;
    }

    /** Timer value at which that instruction issues, as far as the program alone tells; else {@link #UNKNOWN}. */
    public long tick() {
        return issue;
    }

    private void advance(ToFpgaMessage message) {
        switch (message.kind()) {
            case TIMER_SETUP -> {
                tau = 0;
                return;
            }
            case BARRIER -> {
                accesses = 0;
                tau = ToFpga.value(message.word()) == 0 ? tau : UNKNOWN;
            }
            case POLLING_OMNIBUS_BLOCK, JTAG_INIT, JTAG_SCALER, JTAG_INS, JTAG_DATA -> tau = UNKNOWN;
            case OMNIBUS_ADDRESS -> {
                if (++accesses > UNSTALLED_ACCESSES) {
                    tau = UNKNOWN;
                }
            }
            case WAIT_UNTIL -> tau = tau == UNKNOWN ? UNKNOWN : Math.max(tau, ToFpga.value(message.word()));
            case SYSTIME_INIT, RESET, LOOPBACK, OMNIBUS_DATA, SPIKE_PACK_1, SPIKE_PACK_2, SPIKE_PACK_3 -> {}
        }
        if (tau != UNKNOWN) {
            tau++;
        }
    }

    /**
     * What an instruction does, without its place.
     *
     * @param message any
     * @return for example {@code write 0x00130019} or {@code spikes 0x0001 0x0002}
     */
    public static String content(ToFpgaMessage message) {
        ToFpga.Kind kind = message.kind();
        return switch (kind) {
            case OMNIBUS_ADDRESS -> {
                ToFpgaMessage.OmnibusAddress access = (ToFpgaMessage.OmnibusAddress) message;
                yield String.format(
                        Locale.ROOT,
                        "%s 0x%08x%s",
                        access.isRead() ? "read" : "write",
                        access.address(),
                        access.byteEnables() == 15 ? "" : " bytes " + access.byteEnables());
            }
            case OMNIBUS_DATA -> String.format(Locale.ROOT, "  value 0x%08x", ToFpga.value(message.word()));
            case SPIKE_PACK_1, SPIKE_PACK_2, SPIKE_PACK_3 ->
                "spikes "
                        + String.join(
                                " ",
                                ((ToFpgaMessage.SpikePack) message)
                                        .labels().stream()
                                                .map(label -> String.format(Locale.ROOT, "0x%04x", label))
                                                .toList());
            case JTAG_DATA -> {
                ToFpgaMessage.JtagData shift = (ToFpgaMessage.JtagData) message;
                yield String.format(
                        Locale.ROOT,
                        "JtagData %d bits 0x%x%s",
                        shift.numBits(),
                        shift.payload(),
                        shift.keepResponse() ? " keep" : "");
            }
            case JTAG_INIT, TIMER_SETUP -> kind.messageName();
            case LOOPBACK -> message.word() == ToFpga.HALT ? "halt" : "marker";
            case JTAG_SCALER, JTAG_INS, WAIT_UNTIL, SYSTIME_INIT, BARRIER, POLLING_OMNIBUS_BLOCK, RESET ->
                kind.messageName() + " " + ToFpga.value(message.word());
        };
    }
}
