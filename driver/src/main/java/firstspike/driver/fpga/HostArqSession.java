package firstspike.driver.fpga;

import firstspike.driver.hostarq.BitfileInformation;
import firstspike.driver.hostarq.FrameListener;
import firstspike.driver.hostarq.HostArqClient;
import firstspike.driver.hostarq.HostArqCounters;
import firstspike.driver.hostarq.HostArqOptions;
import java.util.Optional;

/** A session over UDP. */
final class HostArqSession implements WordSession {

    /** Packet type of UT words (wire.md 11). */
    static final int UT_WORDS = 0x0010;

    private final HostArqClient client;

    private HostArqSession(HostArqClient client) {
        this.client = client;
    }

    static Opener opener(FpgaTarget target, FpgaOptions options) {
        HostArqOptions session = HostArqOptions.defaults()
                .withCongestionControl(target.congestionControl())
                .withTap(options.tap());
        HostArqOptions tolerant =
                target.allowUnknown() ? session.withVersions(Integer.MIN_VALUE, Integer.MAX_VALUE) : session;
        return listener -> open(target, tolerant, listener);
    }

    private static WordSession open(FpgaTarget target, HostArqOptions options, FrameListener listener) {
        return new HostArqSession(HostArqClient.open(target.address(), options, listener));
    }

    @Override
    public BitfileInformation information() {
        return client.information();
    }

    @Override
    public void send(long[] words, int count) {
        client.send(UT_WORDS, words, 0, count);
    }

    @Override
    public void flush() {
        client.flush();
    }

    @Override
    public void resume() {
        client.resume();
    }

    @Override
    public FrameCounts counters() {
        return FrameCounts.of(client.counters());
    }

    @Override
    public Optional<HostArqCounters> allCounters() {
        return Optional.of(client.counters());
    }

    @Override
    public void close() {
        client.close();
    }
}
