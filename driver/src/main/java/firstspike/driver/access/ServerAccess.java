package firstspike.driver.access;

import firstspike.driver.credential.FileWatch;
import firstspike.driver.credential.WatchedFiles;
import firstspike.driver.link.WallClock;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The access of one server, its files read: what {@link AccessOptions} ask for, as gRPC takes it. Any thread. */
public final class ServerAccess {

    private static final Logger LOG = LoggerFactory.getLogger(ServerAccess.class);

    private final AccessOptions options;
    private final TokenTime time;
    private final Optional<Supplier<TokenTable>> tokens;
    private final Optional<SslContext> tls;
    private final Optional<ChannelHandler> watch;

    /**
     * Reads the files.
     *
     * @param options what is asked for
     * @param clock by which tokens expire
     * @throws IOException when a file cannot be used: it is not there, others may read the tokens, a line is wrong
     */
    public ServerAccess(AccessOptions options, WallClock clock) throws IOException {
        this.options = options;
        time = new TokenTime(clock);
        FileWatch files = new AuditedFiles(options.audit());
        if (options.tokens().isPresent()) {
            Path file = options.tokens().get();
            WatchedFiles<TokenTable> table =
                    new WatchedFiles<>(List.of(file), () -> TokenTable.read(file), files);
            tokens = Optional.of(table::current);
        } else {
            tokens = Optional.empty();
        }
        tls = options.tls().isPresent() ? Optional.of(options.tls().get().server(files)) : Optional.empty();
        watch = tls.map(context -> new HandshakeWatch(options.audit()));
    }

    /** Takes what has to be answered for. */
    public Audit audit() {
        return options.audit();
    }

    /**
     * Makes a server encrypt, as far as the options say so.
     *
     * @param server that is being built
     */
    public void apply(NettyServerBuilder server) {
        tls.ifPresent(server::sslContext);
    }

    /** Sees connections as they are accepted; empty when nothing is encrypted. Sharable. */
    public Optional<ChannelHandler> watch() {
        return watch;
    }

    /**
     * What every call has to pass, before anything else.
     *
     * @param refused counts calls that do not
     * @return puts the caller into the context of the call
     */
    public ServerInterceptor gate(Runnable refused) {
        boolean certificates =
                options.tls().flatMap(files -> files.authorities()).isPresent();
        return new AccessGate(tokens, certificates, time, options.audit(), refused);
    }

    /** Writes down what happens to the files. */
    private record AuditedFiles(Audit audit) implements FileWatch {

        @Override
        public void reread(List<Path> files) {
            LOG.info("{} changed and was read again", names(files));
            record("in force: " + names(files));
        }

        @Override
        public void kept(List<Path> files, IOException why) {
            LOG.error("{} changed, but cannot be used; the old content stays in force: {}", names(files), why.getMessage());
            record("old content stays in force: " + why.getMessage());
        }

        private void record(String reason) {
            audit.record(new AuditEvent(AuditEvent.Kind.RELOADED, Caller.unproved(""), "", "", reason));
        }

        private static String names(List<Path> files) {
            return files.stream().map(Path::toString).collect(Collectors.joining(", "));
        }
    }
}
