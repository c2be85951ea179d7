package firstspike.driver.hostarq;

import firstspike.driver.message.WireException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A {@link ClientSession} on virtual time whose FPGA is the test: what leaves is kept, what arrives is given. */
final class OneClient implements ClientPort, ClientEvents {

    static final String INFORMATION = "version: 1\ncompatible_until: 2\n";
    static final String PEER = "fpga://192.0.2.1:1234 (reset port 45054)";
    static final long LOOPBACK_WORD = 0x0123_4567_89ab_cdefL;
    static final long MICRO = 1_000;
    static final long MILLI = 1_000_000;

    /** Datagrams to the data port, oldest first. */
    final List<ByteBuffer> sent = new ArrayList<>();
    /** When they left, ns. */
    final List<Long> sentAt = new ArrayList<>();
    /** Attempts whose socket sent a reset frame, with its time in ns. */
    final List<Long> resets = new ArrayList<>();
    /** Delivered frames: the packet type before the words. */
    final List<long[]> delivered = new ArrayList<>();

    final ClientSession session;
    long now;
    private int attempt;
    private BitfileInformation information;
    private WireException failure;
    private int endings;
    private Optional<WireException> warning;
    private WireException refusal;

    OneClient(boolean congestionControl) {
        this(SessionSettings.of(PEER, congestionControl), LOOPBACK_WORD);
    }

    OneClient(SessionSettings settings, long loopbackWord) {
        session = new ClientSession(settings, this, this, loopbackWord);
    }

    void open() {
        session.open();
    }

    /** Opens with the usual answers; what was sent so far is forgotten. */
    OneClient opened() {
        open();
        receive(Datagrams.configuration(0, INFORMATION));
        echoLoopback();
        if (information == null) {
            throw new AssertionError("session did not open: " + failure);
        }
        sent.clear();
        sentAt.clear();
        return this;
    }

    void receive(ByteBuffer datagram) {
        session.datagram(attempt, datagram, now);
        session.deliver(Integer.MAX_VALUE);
    }

    /** Sends the last loopback frame back, if one was sent. */
    void echoLoopback() {
        sent.stream()
                .filter(frame -> frame.remaining() > Frames.ACK_BYTES && Frames.type(frame) == Frames.LOOPBACK)
                .reduce((first, second) -> second)
                .ifPresent(frame -> receive(Datagrams.data(
                        Frames.seq(frame), Frames.ack(frame) + 1 & 255, Frames.LOOPBACK, Datagrams.words(frame))));
    }

    /** Moves time to the end, doing what is due on the way. */
    void runTo(long end) {
        long wake = session.nextWakeNanos();
        while (wake <= end) {
            now = Math.max(now, wake);
            session.tick(now);
            session.deliver(Integer.MAX_VALUE);
            wake = session.nextWakeNanos();
        }
        now = end;
    }

    /** Moves time on until the session is open or has ended. */
    void runUntilSettled() {
        while (information == null && endings == 0) {
            runTo(Math.max(now, session.nextWakeNanos()));
        }
    }

    /** Data frames that left. */
    List<ByteBuffer> dataFrames() {
        return sent.stream()
                .filter(frame -> frame.remaining() > Frames.ACK_BYTES)
                .toList();
    }

    BitfileInformation information() {
        return information;
    }

    WireException failure() {
        return failure;
    }

    /** How often the session said that it ended. */
    int endings() {
        return endings;
    }

    /** The warning of the close; null while it is not closed. */
    Optional<WireException> warning() {
        return warning;
    }

    /** Lets the consumer throw at the next frame. */
    void refuseWith(WireException error) {
        refusal = error;
    }

    /** The sequence number that the session expects next, from what it would acknowledge. */
    int nextExpected() {
        return session.acknowledgement() + 1 & 255;
    }

    int attempt() {
        return attempt;
    }

    @Override
    public void open(int number) {
        attempt = number;
        session.socketReady(number, now);
    }

    @Override
    public void reset(byte[] bytes, int length) {
        if (length != Frames.ACK_BYTES || !Frames.isReset(ByteBuffer.wrap(bytes))) {
            throw new AssertionError("reset frame: " + Arrays.toString(bytes));
        }
        resets.add(now);
    }

    @Override
    public void datagram(byte[] bytes, int from, int length) {
        sent.add(Datagrams.copy(bytes, from, length));
        sentAt.add(now);
    }

    @Override
    public void frame(int packetType, long[] words, int count) {
        if (refusal != null) {
            throw refusal;
        }
        long[] copy = new long[count + 1];
        copy[0] = packetType;
        System.arraycopy(words, 0, copy, 1, count);
        delivered.add(copy);
    }

    @Override
    public void opened(BitfileInformation said) {
        information = said;
    }

    @Override
    public void failed(WireException cause) {
        failure = cause;
        endings++;
    }

    @Override
    public void closed(Optional<WireException> said) {
        warning = said;
        endings++;
    }
}
