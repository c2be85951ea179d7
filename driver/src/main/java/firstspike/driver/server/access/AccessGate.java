package firstspike.driver.server.access;

import firstspike.driver.credential.BearerToken;
import firstspike.driver.error.AccessDeniedException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.remote.WireErrors;
import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthGrpc;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLSession;

/**
 * Finds out whom a call comes from and puts it into the context of the call, or refuses it (playback.md 14.9). A server
 * with tokens wants one with every call, also over mutual TLS: a user whose line is taken out is out. The health service
 * is open to all. Any thread.
 */
final class AccessGate implements ServerInterceptor {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String SCHEME = "bearer ";

    private final Optional<Supplier<TokenTable>> tokens;
    private final boolean certificates;
    private final TokenTime time;
    private final Audit audit;
    private final Runnable refused;

    /**
     * @param tokens in force now; empty: none are asked for
     * @param certificates whether the certificate of a client says who it is
     * @param time by which tokens and certificates expire
     * @param audit hears of refusals
     * @param refused counts them
     */
    AccessGate(
            Optional<Supplier<TokenTable>> tokens,
            boolean certificates,
            TokenTime time,
            Audit audit,
            Runnable refused) {
        this.tokens = tokens;
        this.certificates = certificates;
        this.time = time;
        this.audit = audit;
        this.refused = refused;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String peer = peer(call.getAttributes());
        Caller caller;
        try {
            caller = isHealth(call) ? Caller.unproved(peer) : identify(call, headers, peer);
        } catch (AccessDeniedException e) {
            refused.run();
            audit.record(new AuditEvent(
                    AuditEvent.Kind.REFUSED,
                    Caller.unproved(peer),
                    "",
                    "",
                    call.getMethodDescriptor().getBareMethodName() + ": " + e.getMessage()));
            StatusRuntimeException refusal = WireErrors.status(e);
            call.close(refusal.getStatus(), refusal.getTrailers());
            return new ServerCall.Listener<>() {};
        }
        return Contexts.interceptCall(caller.in(Context.current()), new Audited<>(call, caller), headers, next);
    }

    /** Writes down that what is behind the gate denied something: another user stated, another resume token. */
    private final class Audited<Q, A> extends SimpleForwardingServerCall<Q, A> {

        private final Caller caller;

        Audited(ServerCall<Q, A> call, Caller caller) {
            super(call);
            this.caller = caller;
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (status.getCode() == Status.Code.PERMISSION_DENIED) {
                String reason = getMethodDescriptor().getBareMethodName() + ": " + status.getDescription();
                audit.record(new AuditEvent(AuditEvent.Kind.REFUSED, caller, "", "", reason));
            }
            super.close(status, trailers);
        }
    }

    private static boolean isHealth(ServerCall<?, ?> call) {
        return HealthGrpc.SERVICE_NAME.equals(call.getMethodDescriptor().getServiceName());
    }

    private Caller identify(ServerCall<?, ?> call, Metadata headers, String peer) {
        if (tokens.isPresent()) {
            return byToken(tokens.get().get(), headers, peer);
        }
        return certificates ? byCertificate(call, peer) : Caller.unproved(peer);
    }

    private Caller byToken(TokenTable table, Metadata headers, String peer) {
        Iterable<String> shown = headers.getAll(AUTHORIZATION);
        if (shown == null) {
            throw unauthenticated("token of the call", "none", "one", "name its file with token_file");
        }
        Iterator<String> all = shown.iterator();
        String header = all.next();
        if (all.hasNext()) {
            // who stands between could have checked the other one
            throw unauthenticated("headers authorization of the call", "several", "one", "send one token");
        }
        if (!header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                || !BearerToken.isToken(header.substring(SCHEME.length()).strip())) {
            throw unauthenticated(
                    "token of the call", "not of the form Bearer TOKEN", "", "name its file with token_file");
        }
        TokenEntry entry = table.find(header.substring(SCHEME.length()).strip())
                .orElseThrow(() ->
                        unauthenticated("token of the call", "unknown here", "", "ask the operator for a new one"));
        entry.expiry().filter(end -> !time.now().isBefore(end)).ifPresent(end -> {
            throw unauthenticated("token of " + entry.user(), "expired", end, "ask the operator for a new one");
        });
        return new Caller(entry.user(), true, entry.role(), peer);
    }

    private Caller byCertificate(ServerCall<?, ?> call, String peer) {
        SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        ClientCertificate shown = Optional.ofNullable(session)
                .flatMap(ClientCertificate::of)
                .orElseThrow(
                        () -> unauthenticated("certificate of the client", "none", "one", "name it with cert_file"));
        if (time.now().isAfter(shown.end())) {
            throw unauthenticated("certificate of the client", "expired", shown.end(), "renew it and connect again");
        }
        String user = shown.user()
                .orElseThrow(() -> unauthenticated(
                        "certificate of the client",
                        "has no common name that could be a user",
                        "letters, digits, blanks and ._@+'-",
                        "have another one made"));
        return new Caller(user, true, Role.USER, peer);
    }

    private static AccessDeniedException unauthenticated(String thing, String value, Object limit, String remedy) {
        return new AccessDeniedException(
                ErrorDetail.of(thing, value, limit, remedy).with(ErrorDetail.REASON, WireErrors.UNAUTHENTICATED), null);
    }

    private static String peer(Attributes attributes) {
        return peer(attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
    }

    /** Address and port of the other end, without a name that would have to be looked up. */
    static String peer(SocketAddress address) {
        if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
            return inet.getAddress().getHostAddress() + ":" + inet.getPort();
        }
        return String.valueOf(address);
    }
}
