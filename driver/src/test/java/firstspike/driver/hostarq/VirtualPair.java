package firstspike.driver.hostarq;

import firstspike.driver.message.WireException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Host and FPGA endpoint on one virtual clock with an {@link ImpairmentStage} for each direction between them. Both sides send
 * numbered words and check those of the other: exactly once, in order, bit identical.
 */
final class VirtualPair {

    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000 * MILLI;

    private static final long LATENCY_NANOS = 20_000;
    private static final int FIRST_PORT = 40_000;
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    final ClientSession client;
    final EndpointSession endpoint;
    final List<WireException> stopped = new ArrayList<>();
    private final Impairments impairments;
    private final long seed;
    private final List<Path> paths = new ArrayList<>();
    private final Traffic toFpga = new Traffic(1);
    private final Traffic toHost = new Traffic(2);
    private long now = SECOND;
    private BitfileInformation information;
    private WireException failure;
    private Optional<WireException> warning;
    private int attempt;
    private int endpointSession;
    private boolean hostReads = true;
    private int flushes;

    VirtualPair(Impairments impairments, long seed, boolean congestionControl) {
        this(impairments, seed, congestionControl, OneClient.INFORMATION);
    }

    VirtualPair(Impairments impairments, long seed, boolean congestionControl, String informationText) {
        this.impairments = impairments;
        this.seed = seed;
        Host host = new Host();
        client = new ClientSession(SessionSettings.of(OneClient.PEER, congestionControl), host, host, GOLDEN * seed);
        endpoint = new EndpointSession(informationText, this::fromFpga, new Fpga());
    }

    /** The way of one client socket: a stage for each direction. */
    private final class Path {
        final SocketAddress address;
        final ImpairmentStage toFpga;
        final ImpairmentStage toHost;
        final int number;

        Path(int number) {
            this.number = number;
            address = InetSocketAddress.createUnresolved("host", FIRST_PORT + number);
            Impairments withLatency = impairments.latencyNanos() == 0
                    ? impairments.withDelay(LATENCY_NANOS, impairments.jitterNanos())
                    : impairments;
            toFpga = new ImpairmentStage(withLatency, 4 * seed + 1000L * number);
            toHost = new ImpairmentStage(withLatency, 4 * seed + 1 + 1000L * number);
        }
    }

    /** Words of one direction: word i of frame k is a function of both, so that nothing can be mistaken. */
    private static final class Traffic {
        final long salt;
        int frames;
        int wordsPerFrame;
        int offered;
        long taken;

        Traffic(long salt) {
            this.salt = salt;
        }

        long[] next() {
            long[] words = new long[wordsPerFrame];
            for (int i = 0; i < wordsPerFrame; i++) {
                words[i] = word((long) offered * wordsPerFrame + i);
            }
            return words;
        }

        long word(long index) {
            long mixed = (index + 1) * GOLDEN ^ salt << 56;
            return mixed ^ mixed >>> 29;
        }

        void take(long[] words, int count) {
            for (int i = 0; i < count; i++, taken++) {
                if (words[i] != word(taken)) {
                    throw new AssertionError("word " + taken + " of direction " + salt + ": " + words[i]
                            + " (expected: " + word(taken) + ")");
                }
            }
        }

        boolean isDone() {
            return taken == (long) frames * wordsPerFrame;
        }

        void check() {
            if (taken > (long) frames * wordsPerFrame) {
                throw new AssertionError("direction " + salt + ": words " + taken + " (expected: no more than "
                        + (long) frames * wordsPerFrame + ")");
            }
        }
    }

    private final class Host implements ClientPort, ClientEvents {

        @Override
        public void open(int number) {
            attempt = number;
            paths.add(new Path(number));
            client.socketReady(number, now);
        }

        @Override
        public void reset(byte[] bytes, int length) {
            path().toFpga.offer(ByteBuffer.wrap(bytes, 0, length), now);
        }

        @Override
        public void datagram(byte[] bytes, int from, int length) {
            path().toFpga.offer(ByteBuffer.wrap(bytes, from, length), now);
        }

        @Override
        public void frame(int packetType, long[] words, int count) {
            if (packetType != Frames.WORDS) {
                throw new AssertionError("packet type " + packetType);
            }
            toHost.take(words, count);
        }

        @Override
        public void opened(BitfileInformation said) {
            information = said;
        }

        @Override
        public void failed(WireException cause) {
            failure = cause;
        }

        @Override
        public void closed(Optional<WireException> said) {
            warning = said;
        }
    }

    private final class Fpga implements EndpointEvents {

        @Override
        public void sessionStarted(int session) {
            endpointSession = session;
        }

        @Override
        public void words(long[] words, int count) {
            toFpga.take(words, count);
        }

        @Override
        public void flushRequested() {
            flushes++;
        }

        @Override
        public void stopped(WireException cause) {
            stopped.add(cause);
        }
    }

    private void fromFpga(SocketAddress to, byte[] bytes, int from, int length) {
        for (Path path : paths) {
            if (path.address.equals(to)) {
                path.toHost.offer(ByteBuffer.wrap(bytes, from, length), now);
                return;
            }
        }
        // somebody else than this pair's host; nobody listens there
    }

    private Path path() {
        return paths.get(attempt - 1);
    }

    /** Opens; returns how long it took, ns. Ends as well when the session failed, with the error as {@link #failure}. */
    long open() {
        long begin = now;
        client.open();
        while (information == null && failure == null) {
            step(Long.MAX_VALUE);
        }
        return now - begin;
    }

    /**
     * Sends frames both ways until everything has arrived.
     *
     * @return how long it took, ns
     */
    long exchange(int framesEachWay, int wordsPerFrame) {
        long begin = now;
        offer(framesEachWay, wordsPerFrame);
        finish();
        return now - begin;
    }

    /** Lets time pass until everything that was offered has arrived. */
    void finish() {
        while (!(toFpga.isDone() && toHost.isDone())) {
            if (failure != null) {
                throw new AssertionError("seed " + seed + ": session died", failure);
            }
            step(Long.MAX_VALUE);
        }
    }

    /** Lets both sides begin to send. */
    void offer(int framesEachWay, int wordsPerFrame) {
        for (Traffic traffic : List.of(toFpga, toHost)) {
            traffic.frames = framesEachWay;
            traffic.wordsPerFrame = wordsPerFrame;
        }
        feed();
    }

    /** Lets so much time pass. */
    void run(long nanos) {
        long end = now + nanos;
        while (nextNanos() <= end) {
            step(end);
        }
        now = end;
        toFpga.check();
        toHost.check();
    }

    private long nextNanos() {
        long next = Math.min(client.nextWakeNanos(), endpoint.nextWakeNanos());
        for (Path path : paths) {
            next = Math.min(next, Math.min(path.toFpga.nextNanos(), path.toHost.nextNanos()));
        }
        return next;
    }

    private void step(long end) {
        long next = nextNanos();
        if (next == Long.MAX_VALUE) {
            throw new AssertionError("seed " + seed + ": nothing will ever happen again");
        }
        now = Math.max(now, Math.min(next, end));
        for (Path path : List.copyOf(paths)) {
            path.toFpga.drain(now, datagram -> {
                if (Frames.isReset(datagram)) {
                    endpoint.reset(path.address, datagram, now);
                } else {
                    endpoint.datagram(path.address, datagram, now);
                }
                endpoint.deliver(Integer.MAX_VALUE);
            });
            path.toHost.drain(now, datagram -> {
                client.datagram(path.number, datagram, now);
                read();
            });
        }
        if (endpoint.nextWakeNanos() <= now) {
            endpoint.tick(now);
            endpoint.deliver(Integer.MAX_VALUE);
        }
        if (client.nextWakeNanos() <= now) {
            client.tick(now);
        }
        read();
        feed();
    }

    private void read() {
        if (hostReads) {
            client.deliver(Integer.MAX_VALUE);
        }
    }

    private void feed() {
        while (toFpga.offered < toFpga.frames
                && client.failure() == null
                && client.offer(Frames.WORDS, toFpga.next(), 0, toFpga.wordsPerFrame)) {
            toFpga.offered++;
        }
        client.pump(now);
        while (toHost.offered < toHost.frames
                && endpoint.free() > 1
                && endpoint.words(endpointSession, toHost.next(), 0, toHost.wordsPerFrame, now)
                        == toHost.wordsPerFrame) {
            endpoint.flush(endpointSession);
            toHost.offered++;
        }
        endpoint.pump(now);
    }

    /** Stops and resumes the host's consumer. */
    void hostReads(boolean reads) {
        hostReads = reads;
        read();
    }

    /** Loses everything in both directions in an interval from now on. */
    void cut(long fromNanos, long toNanos) {
        path().toFpga.cutBetween(now + fromNanos, now + toNanos);
        path().toHost.cutBetween(now + fromNanos, now + toNanos);
    }

    long now() {
        return now;
    }

    /** The host's present address. */
    SocketAddress peer() {
        return path().address;
    }

    /** Somebody else's address. */
    SocketAddress stranger() {
        return InetSocketAddress.createUnresolved("stranger", FIRST_PORT);
    }

    BitfileInformation information() {
        return information;
    }

    WireException failure() {
        return failure;
    }

    /** What the close said; null before. */
    Optional<WireException> warning() {
        return warning;
    }

    int flushes() {
        return flushes;
    }

    long wordsAtHost() {
        return toHost.taken;
    }

    ImpairmentStage stageToFpga() {
        return path().toFpga;
    }
}
