package firstspike.driver.hostarq;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoEventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a session or an endpoint and the UDP sockets on it: epoll with batched reads and writes where there is
 * one, the JDK's channels elsewhere. Not shared, so that a slow session cannot delay the acknowledgements of another.
 */
final class NetworkThread {

    /** What is asked for each way (wire.md 12); the system may grant less. */
    static final int SOCKET_BUFFER_BYTES = 10 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(NetworkThread.class);

    /** A frame has at most 1452 bytes: what does not fit is cut and then refused for its length. */
    private static final int DATAGRAM_BYTES = 2048;

    private static final int DATAGRAMS_A_READ = 16;

    /** Datagrams that are read before what they cause leaves: enough for a batch, not enough for an acknowledgement to be late. */
    static final int DATAGRAMS_A_TURN = 64;

    /**
     * Bytes that may wait for a socket that takes nothing, five windows: then datagrams are dropped, which the session takes for
     * losses, so that resends cannot pile up without end.
     */
    private static final int MOST_WAITING_BYTES = 1 << 20;

    private static final long STOP_SECONDS = 2;

    private final boolean epoll;
    private final IoEventLoop loop;

    private NetworkThread(boolean epoll, IoEventLoop loop) {
        this.epoll = epoll;
        this.loop = loop;
    }

    /**
     * A thread that starts with its first task.
     *
     * @param name of the thread
     * @param nativeTransport whether epoll may be used
     */
    static NetworkThread named(String name, boolean nativeTransport) {
        boolean epoll = nativeTransport && Epoll.isAvailable();
        DefaultThreadFactory threads = new DefaultThreadFactory(name, true);
        return new NetworkThread(
                epoll,
                new SingleThreadIoEventLoop(
                        null, threads, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory()));
    }

    EventLoop loop() {
        return loop;
    }

    /**
     * Opens a UDP socket.
     *
     * @param local where; port 0 lets the system choose
     * @param handler of its datagrams
     * @return done when it is bound
     */
    ChannelFuture bind(SocketAddress local, ChannelHandler handler) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .handler(handler)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .option(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(MOST_WAITING_BYTES / 2, MOST_WAITING_BYTES));
        if (epoll) {
            bootstrap
                    .channel(EpollDatagramChannel.class)
                    .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_BYTES)
                    .option(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(DATAGRAM_BYTES * DATAGRAMS_A_READ)
                                    .maxMessagesPerRead(DATAGRAMS_A_TURN));
        } else {
            bootstrap
                    .channel(NioDatagramChannel.class)
                    .option(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(DATAGRAM_BYTES).maxMessagesPerRead(DATAGRAMS_A_TURN));
        }
        return bootstrap.bind(local);
    }

    /** Says once what the system granted. */
    static void noteBuffers(Channel channel) {
        Integer granted = channel.config().getOption(ChannelOption.SO_RCVBUF);
        if (granted != null && granted < SOCKET_BUFFER_BYTES && LOG.isDebugEnabled()) {
            LOG.debug(
                    "socket {}: receive buffer {} bytes (asked for {}); raise net.core.rmem_max against losses",
                    channel.localAddress(),
                    granted,
                    SOCKET_BUFFER_BYTES);
        }
    }

    /** Closes the sockets and ends the thread; waits for it unless called on it. */
    void stop() {
        loop.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
        if (loop.inEventLoop()) {
            return;
        }
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = loop.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
                if (!ended) {
                    LOG.warn("a network thread did not end within {} s", STOP_SECONDS);
                    ended = true;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
