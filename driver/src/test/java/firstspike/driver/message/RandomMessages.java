package firstspike.driver.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random valid messages of both directions, for round trips. */
public final class RandomMessages {

    private RandomMessages() {}

    /**
     * @param random source of all choices
     * @return a message from the FPGA with fields over their whole range
     */
    public static FromFpgaMessage fromFpga(Random random) {
        FromFpga.Kind kind = FromFpga.Kind.values()[random.nextInt(FromFpga.Kind.values().length)];
        return switch (kind) {
            case JTAG_RESPONSE, OMNIBUS_RESPONSE, LOOPBACK_RESPONSE, HIGHSPEED_LINK_NOTIFICATION, SYSTIME, SYSDELTA ->
                new FromFpgaMessage.Valued(kind, random.nextLong() & (1L << kind.payloadBits()) - 1);
            case TIMEOUT_NOTIFICATION ->
                new FromFpgaMessage.TimeoutNotification(
                        random.nextInt() & 0xffff_ffffL, random.nextInt(128), random.nextInt(64));
            case MADC_PACK_1, MADC_PACK_2, MADC_PACK_3 ->
                new FromFpgaMessage.Pack(kind, events(random, kind.payloadBits() / 24, 1 << 14));
            case SPIKE_PACK_1, SPIKE_PACK_2, SPIKE_PACK_3 ->
                new FromFpgaMessage.Pack(kind, events(random, kind.payloadBits() / 24, 1 << 16));
        };
    }

    private static List<FromFpgaMessage.Event> events(Random random, int count, int contents) {
        List<FromFpgaMessage.Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(new FromFpgaMessage.Event(random.nextInt(contents), random.nextInt(256)));
        }
        return events;
    }

    /**
     * @param random source of all choices
     * @return a message to the FPGA with fields over their whole range
     */
    public static ToFpgaMessage toFpga(Random random) {
        ToFpga.Kind kind = ToFpga.Kind.values()[random.nextInt(ToFpga.Kind.values().length)];
        return switch (kind) {
            case JTAG_INIT, TIMER_SETUP -> new ToFpgaMessage.Plain(kind);
            case JTAG_DATA ->
                new ToFpgaMessage.JtagData(
                        random.nextBoolean(), 3 + random.nextInt(31), random.nextLong() & (1L << 33) - 1);
            case OMNIBUS_ADDRESS ->
                new ToFpgaMessage.OmnibusAddress(
                        random.nextInt() & 0xffff_ffffL, random.nextBoolean(), random.nextInt(16));
            case SPIKE_PACK_1, SPIKE_PACK_2, SPIKE_PACK_3 ->
                new ToFpgaMessage.SpikePack(
                        random.ints(kind.payloadBits() / 16, 0, 1 << 16).boxed().toList());
            case JTAG_SCALER,
                    JTAG_INS,
                    WAIT_UNTIL,
                    SYSTIME_INIT,
                    BARRIER,
                    POLLING_OMNIBUS_BLOCK,
                    RESET,
                    LOOPBACK,
                    OMNIBUS_DATA -> new ToFpgaMessage.Valued(kind, random.nextLong() & (1L << kind.payloadBits()) - 1);
        };
    }
}
