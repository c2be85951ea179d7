package firstspike.driver.playback;

import firstspike.driver.message.ToFpga;
import firstspike.driver.message.ToFpgaMessage;
import java.util.Locale;

/** Prints a program, one instruction a line: index, timer value at issue where it is known, content. */
final class ProgramText {

    /** Few enough to stay below every in-flight limit, so that no instruction stalls. */
    private static final int UNSTALLED_ACCESSES = 8;

    private static final long UNKNOWN = -1;

    private long tau = UNKNOWN;
    private int accesses;

    String of(PlaybackProgram program) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < program.size(); i++) {
            text.append(line(i, program.word(i))).append('\n');
        }
        return text.toString();
    }

    private String line(int index, long word) {
        ToFpgaMessage message = ToFpgaMessage.of(word, index);
        long issue = tau;
        advance(message);
        return String.format(
                Locale.ROOT, "%7d %10s  %s", index, issue == UNKNOWN ? "-" : Long.toString(issue), content(message));
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

    private static String content(ToFpgaMessage message) {
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
            case JTAG_DATA -> message.toString();
            case JTAG_INIT, TIMER_SETUP -> kind.messageName();
            case LOOPBACK -> "marker";
            case JTAG_SCALER, JTAG_INS, WAIT_UNTIL, SYSTIME_INIT, BARRIER, POLLING_OMNIBUS_BLOCK, RESET ->
                kind.messageName() + " " + ToFpga.value(message.word());
        };
    }
}
