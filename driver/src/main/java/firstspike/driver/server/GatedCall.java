package firstspike.driver.server;

import static firstspike.driver.error.ProgramRejectedException.Code.MALFORMED_REQUEST;

import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.remote.WireErrors;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.ServerCall;
import io.grpc.StatusRuntimeException;

/** What reaches a call: only messages that are some, and its end once, however it came. One event at a time. */
final class GatedCall<Q> extends SimpleForwardingServerCallListener<Q> {

    private final ServerCall<Q, ?> call;
    private final Runnable refused;
    private final Runnable ended;
    private boolean malformed;

    /**
     * @param call that the messages come on
     * @param listener of the service
     * @param refused counts calls that are refused here
     * @param ended told when the call is over
     */
    GatedCall(ServerCall<Q, ?> call, ServerCall.Listener<Q> listener, Runnable refused, Runnable ended) {
        super(listener);
        this.call = call;
        this.refused = refused;
        this.ended = ended;
    }

    @Override
    public void onMessage(Q message) {
        if (message != null) {
            super.onMessage(message);
        } else if (!malformed) {
            malformed = true;
            refused.run();
            StatusRuntimeException refusal = WireErrors.status(new ProgramRejectedException(
                    MALFORMED_REQUEST,
                    "message of call " + call.getMethodDescriptor().getBareMethodName(),
                    "bytes that are no such message",
                    "messages of protocol 1",
                    "report this client"));
            call.close(refusal.getStatus(), refusal.getTrailers());
        }
    }

    @Override
    public void onHalfClose() {
        if (!malformed) {
            super.onHalfClose();
        }
    }

    @Override
    public void onCancel() {
        try {
            super.onCancel();
        } finally {
            ended.run();
        }
    }

    @Override
    public void onComplete() {
        try {
            super.onComplete();
        } finally {
            ended.run();
        }
    }
}
