package firstspike.driver.service;

import firstspike.driver.link.UnsupportedOnTargetException;
import firstspike.driver.link.WireErrors;
import firstspike.proto.chip.v1.ChipServiceGrpc;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.util.Set;
import java.util.TreeSet;

/**
 * What every call passes: names the connection it came on, and answers those calls of the service that this version does
 * not serve by their name. Any thread.
 */
final class CallGate implements ServerInterceptor {

    /** Stands for the connection of the current call. */
    static final Context.Key<Object> CONNECTION = Context.key("connection");

    private static final Set<String> SERVED =
            Set.of(
            "ListTargets",
            "OpenSession",
            "Attach",
            "CloseSession",
            "AcquireLease",
            "RenewLease",
            "ReleaseLease",
            "SetReinit",
            "PopReinit",
            "Submit",
            "Result",
            "Execute",
            "Cancel",
            "GetSubmission",
            "ListSubmissions",
            "Acknowledge");

    private final Connections connections;

    CallGate(Connections connections) {
        this.connections = connections;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String method = call.getMethodDescriptor().getBareMethodName();
        boolean ours =
                ChipServiceGrpc.SERVICE_NAME.equals(call.getMethodDescriptor().getServiceName());
        if (ours && !SERVED.contains(method)) {
            StatusRuntimeException refusal = WireErrors.status(new UnsupportedOnTargetException(
                    "call " + method,
                    "not served by this version",
                    String.join(", ", new TreeSet<>(SERVED)),
                    "do without it"));
            call.close(refusal.getStatus(), refusal.getTrailers());
            return new ServerCall.Listener<>() {};
        }
        Object connection = Connections.of(call);
        connections.callBegins(connection);
        Context context = Context.current().withValue(CONNECTION, connection);
        return new CallEnd<>(
                Contexts.interceptCall(context, call, headers, next), () -> connections.callEnds(connection));
    }
}
