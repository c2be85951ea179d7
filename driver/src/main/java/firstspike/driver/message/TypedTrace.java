package firstspike.driver.message;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Makes a value of each trace message. */
final class TypedTrace implements TraceMessages {

    private final Consumer<FromFpgaMessage> consumer;

    TypedTrace(Consumer<FromFpgaMessage> consumer) {
        this.consumer = consumer;
    }

    @Override
    public void systime(long ticks) {
        valued(FromFpga.Kind.SYSTIME, ticks);
    }

    @Override
    public void sysdelta(int ticks) {
        valued(FromFpga.Kind.SYSDELTA, ticks);
    }

    @Override
    public void jtag(long value) {
        valued(FromFpga.Kind.JTAG_RESPONSE, value);
    }

    @Override
    public void omnibus(int value) {
        valued(FromFpga.Kind.OMNIBUS_RESPONSE, value & 0xffff_ffffL);
    }

    @Override
    public void loopback(boolean halt) {
        valued(FromFpga.Kind.LOOPBACK_RESPONSE, halt ? 0 : 1);
    }

    @Override
    public void linkNotification(int bits) {
        valued(FromFpga.Kind.HIGHSPEED_LINK_NOTIFICATION, bits);
    }

    @Override
    public void timeout(long index, int traceStall, int omnibusReads) {
        consumer.accept(new FromFpgaMessage.TimeoutNotification(index, traceStall, omnibusReads));
    }

    @Override
    public void spikes(int count, int first, int second, int third) {
        pack(FromFpga.SPIKE_PACK_1, count, first, second, third);
    }

    @Override
    public void samples(int count, int first, int second, int third) {
        pack(FromFpga.MADC_PACK_1, count, first, second, third);
    }

    private void valued(FromFpga.Kind kind, long value) {
        consumer.accept(new FromFpgaMessage.Valued(kind, value));
    }

    private void pack(int smallest, int count, int... packed) {
        List<FromFpgaMessage.Event> events = IntStream.of(packed)
                .limit(count)
                .mapToObj(event -> new FromFpgaMessage.Event(event & 0xffff, event >>> 16))
                .toList();
        consumer.accept(new FromFpgaMessage.Pack(FromFpga.Kind.values()[smallest + count - 1], events));
    }
}
