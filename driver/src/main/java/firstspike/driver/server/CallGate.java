package firstspike.driver.server;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** What every call passes: names the connection it came on, which is in use as long as the call lasts. Any thread. */
final class CallGate implements ServerInterceptor {

    /** Stands for the connection of the current call. */
    static final Context.Key<Object> CONNECTION = Context.key("connection");

    private final Connections connections;

    private final Totals totals;

    CallGate(Connections connections, Totals totals) {
        this.connections = connections;
        this.totals = totals;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Object connection = Connections.of(call);
        connections.callBegins(connection);
        Context context = Context.current().withValue(CONNECTION, connection);
        return new GatedCall<>(
                call,
                Contexts.interceptCall(context, call, headers, next),
                totals::callRefused,
                () -> connections.callEnds(connection));
    }
}
