package firstspike.driver.hostarq;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bad network between hosts and one FPGA on this machine: two UDP ports in front of the FPGA's two, a seeded {@link
 * ImpairmentStage} for each host and direction behind them, reset frames too. Each host has a socket of its own towards the FPGA,
 * so that the FPGA tells them apart. One thread, which ends with {@link #close()}.
 *
 * <pre>
 *   client --- data port  ---> stage ---> socket of this client ---> data port  of the FPGA
 *          --- reset port ---> stage --------------^           ---> reset port of the FPGA
 *          <-- data port  <--- stage <--- socket of this client <--- data port  of the FPGA
 * </pre>
 */
public final class FaultInjector implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FaultInjector.class);

    /** Hosts that are remembered; the oldest is forgotten first. */
    private static final int HOSTS = 64;

    private final long origin = System.nanoTime();
    private final NetworkThread thread = NetworkThread.named("fault-injector", true);
    private final InetSocketAddress fpgaData;
    private final InetSocketAddress fpgaReset;
    private final Impairments toFpga;
    private final Impairments toHost;
    private final long seed;
    private final boolean onePort;
    private final DueWork timer = new DueWork(thread.loop(), this::settle);
    private final Map<InetSocketAddress, Host> hosts = new LinkedHashMap<>();
    private final Channel data;
    private final Channel reset;
    private boolean cut;
    private int hostsSeen;
    private ImpairmentStage.Counts goneToFpga = new ImpairmentStage.Counts(0, 0, 0, 0, 0, 0, 0);
    private ImpairmentStage.Counts goneToHost = goneToFpga;

    private FaultInjector(HostArqAddress fpga, Impairments toFpga, Impairments toHost, long seed, boolean onePort) {
        this.onePort = onePort;
        this.fpgaData = new InetSocketAddress(fpga.host(), fpga.dataPort());
        this.fpgaReset = new InetSocketAddress(fpga.host(), fpga.resetPort());
        this.toFpga = toFpga;
        this.toHost = toHost;
        this.seed = seed;
        this.data = bind(new Inlet(host -> host.toData));
        this.reset = bind(new Inlet(host -> host.toReset));
    }

    /**
     * Stands in front of an FPGA.
     *
     * @param fpga where datagrams go
     * @param impairments of both directions
     * @param seed of all stages
     * @return the network, open
     */
    public static FaultInjector before(HostArqAddress fpga, Impairments impairments, long seed) {
        return new FaultInjector(fpga, impairments, impairments, seed, false);
    }

    /**
     * Stands in front of an FPGA as an address translator with a single port: the FPGA sees all hosts as one, and what it sends
     * goes to the host that sent last.
     *
     * @param fpga where datagrams go
     * @param impairments of both directions
     * @param seed of all stages
     * @return the network, open
     */
    public static FaultInjector sharedPort(HostArqAddress fpga, Impairments impairments, long seed) {
        return new FaultInjector(fpga, impairments, impairments, seed, true);
    }

    /**
     * Stands in front of an FPGA, with other impairments each way.
     *
     * @param fpga where datagrams go
     * @param toFpga of what hosts send
     * @param toHost of what the FPGA sends
     * @param seed of all stages
     * @return the network, open
     */
    public static FaultInjector before(HostArqAddress fpga, Impairments toFpga, Impairments toHost, long seed) {
        return new FaultInjector(fpga, toFpga, toHost, seed, false);
    }

    private Channel bind(Inlet inlet) {
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return thread.bind(anywhere, inlet).syncUninterruptibly().channel();
    }

    /** Where hosts find the FPGA behind this network. */
    public HostArqAddress address() {
        return new HostArqAddress("127.0.0.1", port(data), port(reset));
    }

    private static int port(Channel channel) {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Loses everything from now on, each way. */
    public void cut() {
        onThread(() -> {
            cut = true;
            hosts.values().forEach(Host::applyCut);
            return null;
        });
    }

    /** Ends a {@link #cut()}. */
    public void restore() {
        onThread(() -> {
            cut = false;
            hosts.values().forEach(Host::applyCut);
            return null;
        });
    }

    /** What happened to datagrams for the FPGA, all hosts together, reset frames apart. */
    public ImpairmentStage.Counts toFpga() {
        return onThread(
                () -> hosts.values().stream().map(host -> host.toData.counts()).reduce(goneToFpga, FaultInjector::sum));
    }

    /** What happened to datagrams of the FPGA, all hosts together. */
    public ImpairmentStage.Counts toHost() {
        return onThread(
                () -> hosts.values().stream().map(host -> host.toHost.counts()).reduce(goneToHost, FaultInjector::sum));
    }

    private static ImpairmentStage.Counts sum(ImpairmentStage.Counts a, ImpairmentStage.Counts b) {
        return new ImpairmentStage.Counts(
                a.offered() + b.offered(),
                a.lost() + b.lost(),
                a.doubled() + b.doubled(),
                a.delayed() + b.delayed(),
                a.damaged() + b.damaged(),
                a.late() + b.late(),
                a.passed() + b.passed());
    }

    private <T> T onThread(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        thread.loop().execute(() -> answer.complete(question.get()));
        return answer.join();
    }

    /** Closes all ports and ends the thread. Idempotent. */
    @Override
    public void close() {
        thread.stop();
    }

    private long now() {
        return System.nanoTime() - origin;
    }

    private Host hostOf(InetSocketAddress address) {
        if (onePort && !hosts.isEmpty()) {
            Host translated = hosts.values().iterator().next();
            translated.address = address;
            return translated;
        }
        Host known = hosts.get(address);
        if (known != null) {
            return known;
        }
        if (hosts.size() == HOSTS) {
            Host oldest = hosts.remove(hosts.keySet().iterator().next());
            goneToFpga = sum(goneToFpga, oldest.toData.counts());
            goneToHost = sum(goneToHost, oldest.toHost.counts());
            oldest.socket.close();
        }
        Host host = new Host(address, ++hostsSeen);
        hosts.put(address, host);
        return host;
    }

    /** Sends what is due, and comes back when something is. */
    private void settle() {
        long now = now();
        long next = Long.MAX_VALUE;
        boolean toHosts = false;
        for (Host host : hosts.values()) {
            toHosts |= host.send(now);
            next = Math.min(next, host.nextNanos());
        }
        if (toHosts) {
            data.flush();
        }
        timer.arm(next, now());
    }

    private static DatagramPacket packet(ByteBuffer datagram, InetSocketAddress to) {
        return new DatagramPacket(Unpooled.wrappedBuffer(datagram), to);
    }

    /** One host's way to the FPGA and back. */
    private final class Host {

        private InetSocketAddress address;
        private final ImpairmentStage toData;
        private final ImpairmentStage toReset;
        private final ImpairmentStage toHost;
        private final ChannelFuture bound;
        private final Channel socket;

        Host(InetSocketAddress address, int number) {
            this.address = address;
            this.toData = new ImpairmentStage(toFpga, seed * 1_000_003 + 3L * number);
            this.toReset = new ImpairmentStage(toFpga, seed * 1_000_003 + 3L * number + 1);
            this.toHost = new ImpairmentStage(FaultInjector.this.toHost, seed * 1_000_003 + 3L * number + 2);
            this.bound = thread.bind(new InetSocketAddress(fpgaData.getAddress(), 0), new Outlet(this));
            this.socket = bound.channel();
            bound.addListener(done -> settle());
            applyCut();
        }

        void applyCut() {
            for (ImpairmentStage stage : new ImpairmentStage[] {toData, toReset, toHost}) {
                if (cut) {
                    stage.cut();
                } else {
                    stage.restore();
                }
            }
        }

        /** Whether something left for the host, by the data port. */
        boolean send(long now) {
            if (!bound.isSuccess()) {
                return false;
            }
            long passed = toHost.counts().passed();
            toReset.drain(now, datagram -> socket.write(packet(datagram, fpgaReset)));
            toData.drain(now, datagram -> socket.write(packet(datagram, fpgaData)));
            toHost.drain(now, datagram -> data.write(packet(datagram, address)));
            socket.flush();
            return toHost.counts().passed() > passed;
        }

        long nextNanos() {
            if (!bound.isSuccess()) {
                return Long.MAX_VALUE;
            }
            return Math.min(toHost.nextNanos(), Math.min(toReset.nextNanos(), toData.nextNanos()));
        }
    }

    /** A port in front: datagrams of hosts. */
    private final class Inlet extends Ports {

        private final Function<Host, ImpairmentStage> way;

        Inlet(Function<Host, ImpairmentStage> way) {
            this.way = way;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            Host host = hostOf(packet.sender());
            way.apply(host).offer(packet.content().nioBuffer(), now());
        }
    }

    /** A host's socket behind: datagrams of the FPGA. */
    private final class Outlet extends Ports {

        private final Host host;

        Outlet(Host host) {
            this.host = host;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            host.toHost.offer(packet.content().nioBuffer(), now());
        }
    }

    private abstract class Ports extends SimpleChannelInboundHandler<DatagramPacket> {

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            settle();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("datagram of the fault injector: {}", SocketFailure.text(cause));
        }
    }
}
