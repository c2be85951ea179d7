package firstspike.driver.server;

import firstspike.driver.link.WallClock;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerCall;
import io.grpc.ServerTransportFilter;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The connections of a server (playback.md 14.6): at most so many, further ones are closed at once; one without a call for a
 * while that holds no session is closed too, whether or not it ever spoke HTTP/2. Any thread.
 */
final class Connections {

    private static final Attributes.Key<Connection> CONNECTION = Attributes.Key.create("firstspike.connection");
    /** So often within the time that a connection may be idle it is looked at. */
    private static final int LOOKS = 3;

    private final int most;
    private final Duration idle;
    private final WallClock clock;
    private final Totals totals;
    private final Map<SocketAddress, Connection> byPeer = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private WallClock.Alarm sweep = () -> {};
    private boolean stopped;

    /**
     * @param most connections at once
     * @param idle how long one may be without a call
     * @param clock that measures it
     * @param totals counts those that are closed
     */
    Connections(int most, Duration idle, WallClock clock, Totals totals) {
        this.most = most;
        this.idle = idle;
        this.clock = clock;
        this.totals = totals;
    }

    /** One connection, from its acceptance to its end. */
    private static final class Connection {

        private final Channel channel;
        private volatile boolean speaks;
        private int calls;
        private long lastUse;

        Connection(Channel channel, long now) {
            this.channel = channel;
            this.lastUse = now;
        }

        synchronized void callBegins() {
            calls++;
        }

        synchronized void callEnds(long now) {
            calls--;
            lastUse = now;
        }

        /** Says goodbye to a client; one that never said a word would be waited for in vain. */
        void close() {
            if (speaks) {
                channel.close();
            } else {
                channel.eventLoop().execute(() -> channel.unsafe().close(channel.voidPromise()));
            }
        }

        synchronized boolean idleSince(long instant) {
            return calls == 0 && lastUse - instant <= 0;
        }
    }

    /** Sees connections as they are accepted. */
    ChannelHandler acceptance() {
        return new Acceptance();
    }

    @ChannelHandler.Sharable
    private final class Acceptance extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            if (!(accepted instanceof Channel channel)) {
                context.fireChannelRead(accepted);
                return;
            }
            SocketAddress peer = channel.remoteAddress();
            if (peer == null || open.incrementAndGet() > most) {
                if (peer != null) {
                    open.decrementAndGet();
                    totals.connectionRefused();
                }
                // never registered with an event loop: there is nothing to be told
                channel.unsafe().closeForcibly();
                return;
            }
            Connection connection = new Connection(channel, clock.nanoTime());
            byPeer.put(peer, connection);
            channel.closeFuture().addListener(closed -> {
                byPeer.remove(peer, connection);
                open.decrementAndGet();
            });
            context.fireChannelRead(accepted);
        }
    }

    /**
     * Marks connections as they speak HTTP/2.
     *
     * @param gone told of each that is gone, by its {@linkplain #of mark}
     */
    ServerTransportFilter marks(Consumer<Object> gone) {
        return new ServerTransportFilter() {
            @Override
            public Attributes transportReady(Attributes attributes) {
                Connection connection = byPeer.get(attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
                if (connection == null) {
                    // closed already
                    return attributes;
                }
                connection.speaks = true;
                return attributes.toBuilder().set(CONNECTION, connection).build();
            }

            @Override
            public void transportTerminated(Attributes attributes) {
                Connection connection = attributes == null ? null : attributes.get(CONNECTION);
                if (connection != null) {
                    gone.accept(connection);
                }
            }
        };
    }

    /** Stands for the connection of a call; null when that is gone. */
    static Object of(ServerCall<?, ?> call) {
        return call.getAttributes().get(CONNECTION);
    }

    /** A call begins on a connection. */
    void callBegins(Object mark) {
        if (mark instanceof Connection connection) {
            connection.callBegins();
        }
    }

    /** A call ends. */
    void callEnds(Object mark) {
        if (mark instanceof Connection connection) {
            connection.callEnds(clock.nanoTime());
        }
    }

    /** Connections that are open, handshakes not counted out. */
    int open() {
        return open.get();
    }

    /**
     * Looks for idle connections from now on.
     *
     * @param holdsSession whether a session is held by a connection
     */
    synchronized void watch(Predicate<Object> holdsSession) {
        if (!stopped) {
            sweep = clock.after(idle.dividedBy(LOOKS), () -> {
                try {
                    closeIdle(holdsSession);
                } finally {
                    watch(holdsSession);
                }
            });
        }
    }

    private void closeIdle(Predicate<Object> holdsSession) {
        long before = clock.nanoTime() - idle.toNanos();
        for (Connection connection : byPeer.values()) {
            if (connection.idleSince(before) && !holdsSession.test(connection)) {
                totals.connectionIdle();
                connection.close();
            }
        }
    }

    /** Looks no more. */
    synchronized void stop() {
        stopped = true;
        sweep.cancel();
    }
}
