package firstspike.driver.server;

import firstspike.driver.credential.CredentialException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.ChipSource;
import firstspike.driver.server.access.AccessOptions;
import firstspike.driver.server.access.ServerAccess;
import firstspike.driver.server.spool.Spool;
import firstspike.driver.server.spool.SpoolLimits;
import firstspike.driver.server.turn.TurnRules;
import firstspike.proto.chip.v1.Activity;
import firstspike.proto.chip.v1.ChipServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.netty.channel.ChannelHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Serves the chips of a source over gRPC, in plain text or TLS (playback.md 14): one link for each session. The server that
 * {@link #start} gives accepts connections already; {@link #close} lets running programs finish.
 */
public final class ChipServer implements AutoCloseable {

    private static final int WINDOW_BYTES = 4 << 20;
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);
    private static final int TRANSFER_THREADS = 4;
    private static final int KEEP_ALIVE_SECONDS = 60;
    private static final int LEAST_KEEP_ALIVE_SECONDS = 5;

    private final ServerLimits limits;
    private final Totals totals = new Totals();
    private final Traffic traffic = new Traffic();
    private final Sessions sessions;
    private final HealthStatusManager health = new HealthStatusManager();
    private final ExecutorService slow = Executors.newSingleThreadExecutor(task -> thread(task, "firstspike-targets"));
    private final ExecutorService transfers = transfers();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> thread(task, "firstspike-chip"));
    private final ServerTime time;
    private final Spool spool;
    private final Attachments attachments;
    private final Connections connections;
    private final ServerSockets sockets;
    private final ServerAccess access;
    private final Server server;
    private final List<ChipDescription> chips;
    private final ChipSource source;
    private final Set<ChipId> lost = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closing = new AtomicBoolean();
    private int port;

    private ChipServer(
            ChipSource source, InetSocketAddress address, ServerOptions options, ServerAccess access, Spool spool) {
        this.spool = spool;
        this.access = access;
        this.source = source;
        limits = options.limits();
        chips = source.chips();
        time = new ServerTime(options.clock());
        TurnRules rules = limits.rules(options.turns());
        Lane.Yard yard = new Lane.Yard(time, rules, threads, new StepRunner(time, totals));
        sessions = new Sessions(
                chips,
                source.oneLinkAChip(),
                yard,
                limits,
                totals,
                spool,
                options.access().audit());
        attachments = new Attachments(sessions, time);
        TargetMessages targets = new TargetMessages(limits, rules, time);
        SessionCalls opening = new SessionCalls(source, sessions, targets, options.links());
        ChipService service = new ChipService(
                source,
                sessions,
                attachments,
                opening,
                new ChipService.Parts(totals, targets, time, this::health, slow, threads, transfers));
        connections = new Connections(limits.connections(), limits.connectionIdle(), options.clock(), totals);
        List<ChannelHandler> watchers = new ArrayList<>(List.of(connections.acceptance()));
        access.watch().ifPresent(watchers::add);
        sockets = new ServerSockets(watchers);
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address)
                .directExecutor()
                .callExecutor(new Bulk(transfers))
                .addService(CheckedRequests.of(service))
                .addService(health.getHealthService())
                .addService(ProtoReflectionServiceV1.newInstance())
                .intercept(new CallGate(connections, totals))
                // the last one is the first that a call passes
                .intercept(access.gate(totals::callRefused))
                .addTransportFilter(connections.marks(sessions::disconnected))
                .addTransportFilter(traffic.connections())
                .addStreamTracerFactory(traffic.calls())
                .maxInboundMessageSize(ServerLimits.MESSAGE_BYTES)
                .maxInboundMetadataSize(ServerLimits.HEADER_BYTES)
                .maxConcurrentCallsPerConnection(ServerLimits.CALLS_PER_CONNECTION)
                .flowControlWindow(WINDOW_BYTES)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveTime(LEAST_KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true);
        sockets.apply(builder);
        access.apply(builder);
        server = builder.build();
    }

    /**
     * Starts a server.
     *
     * @param source of the chips; stays the caller's, who closes it after the server
     * @param address to listen on; port 0 lets the system choose
     * @param options how it runs
     * @return the running server
     * @throws IllegalArgumentException when the address is not loopback, nothing is encrypted, and the options do not say
     *     insecure
     * @throws CredentialException when a file of tokens or certificates cannot be used
     * @throws IOException when the address cannot be had
     */
    public static ChipServer start(ChipSource source, InetSocketAddress address, ServerOptions options)
            throws IOException {
        if (address.isUnresolved()) {
            throw new IOException("address to listen on: " + address.getHostString()
                    + " has no address (limit: an address of this machine); correct the host name");
        }
        AccessOptions wanted = options.access();
        if (!address.getAddress().isLoopbackAddress() && wanted.tls().isEmpty() && !wanted.insecure()) {
            throw new IllegalArgumentException("address to listen on: " + address + " in plain text (limit: loopback);"
                    + " listen on 127.0.0.1, give a certificate, or say that insecure is meant");
        }
        ServerAccess access = new ServerAccess(wanted, options.clock());
        SpoolLimits stored = options.limits().spool();
        Spool spool = options.spool().isPresent() ? Spool.open(options.spool().get(), stored) : Spool.temporary(stored);
        ChipServer chipServer = new ChipServer(source, address, options, access, spool);
        try {
            chipServer.server.start();
        } catch (IOException e) {
            chipServer.release();
            throw new IOException(
                    "address to listen on: " + address + " cannot be had ("
                            + (e.getCause() == null
                                    ? e.getMessage()
                                    : e.getCause().getMessage())
                            + "); choose another port, 0 takes a free one",
                    e);
        }
        chipServer.port = chipServer.server.getPort();
        chipServer.announce();
        return chipServer;
    }

    private void announce() {
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
        health.setStatus(ChipServiceGrpc.SERVICE_NAME, ServingStatus.SERVING);
        chips.forEach(chip -> health.setStatus(chip.chipId().value(), ServingStatus.SERVING));
        source.onAvailability(this::available);
        connections.watch(sessions::holds);
    }

    /** The health of a chip is that of what stands behind the server; that of the server says whether any chip is there. */
    private void available(ChipId chip, boolean up) {
        if (up) {
            lost.remove(chip);
        } else {
            lost.add(chip);
        }
        health.setStatus(chip.value(), up ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
        ServingStatus any = lost.size() < chips.size() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, any);
    }

    private Activity.Health health(ChipDescription chip) {
        if (sessions.draining()) {
            return Activity.Health.HEALTH_DRAINING;
        }
        return lost.contains(chip.chipId()) ? Activity.Health.HEALTH_NOT_SERVING : Activity.Health.HEALTH_SERVING;
    }

    /** Few threads, because they wait for nothing but the disk. */
    private static ExecutorService transfers() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                TRANSFER_THREADS,
                TRANSFER_THREADS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> thread(task, "firstspike-transfer"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Calls that move much have the disk wait for them on threads of their own; all others are done where they arrive. */
    private record Bulk(Executor transfers) implements ServerCallExecutorSupplier {

        private static final Set<String> METHODS = Set.of("Submit", "Result");

        @Override
        public <Q, A> Executor getExecutor(ServerCall<Q, A> call, Metadata headers) {
            return METHODS.contains(call.getMethodDescriptor().getBareMethodName()) ? transfers : null;
        }
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    /** The chips that it serves, as they were when it started. */
    public List<ChipDescription> chips() {
        return chips;
    }

    /** Sessions that are open. */
    public int openSessions() {
        return sessions.size();
    }

    /** Whether a connection of that session is up. */
    boolean isConnected(String session) {
        return sessions.require(session).isConnected();
    }

    /** Whether it is closing and refuses new work. */
    public boolean isDraining() {
        return sessions.draining();
    }

    /** What goes on at each of its chips, in their order. */
    public List<ChipActivity> activity() {
        return sessions.chips().stream()
                .map(chip -> chip.activity(!lost.contains(chip.id())))
                .toList();
    }

    /** What it did so far. */
    public Totals totals() {
        return totals;
    }

    /** What went through its connections so far. */
    public Traffic traffic() {
        return traffic;
    }

    /**
     * Waits until somebody closes the server.
     *
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public void awaitTermination() throws InterruptedException {
        server.awaitTermination();
    }

    /**
     * Stops: new and waiting work is refused as draining, running programs finish within the limit of
     * {@link ServerLimits#drain()}, then connections and links are closed. Repeated calls have no effect.
     */
    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        health.enterTerminalState();
        try {
            boolean quiet = sessions.drain(System.nanoTime() + limits.drain().toNanos());
            server.shutdown();
            attachments.end();
            // what ended is still on its way to those who wait for it
            if (quiet) {
                server.awaitTermination(LAST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
            sessions.closeAll(System.nanoTime() + LAST_PATIENCE.toNanos());
            if (!server.awaitTermination(LAST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                server.shutdownNow();
                server.awaitTermination(LAST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.shutdownNow();
        } finally {
            release();
        }
    }

    private void release() {
        connections.stop();
        sockets.close();
        access.close();
        slow.shutdownNow();
        transfers.shutdownNow();
        threads.shutdownNow();
        spool.close();
    }
}
