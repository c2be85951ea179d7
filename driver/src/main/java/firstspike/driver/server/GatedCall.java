package firstspike.driver.server;

import static firstspike.driver.error.ProgramRejectedException.Code.MALFORMED_REQUEST;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.remote.WireErrors;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.ServerCall;
import io.grpc.StatusRuntimeException;

/**
 * What reaches a call: only messages that are some, and its end once, however it came. What goes wrong in the service, memory that
 * is not there included, is an incident with a number, never an answer without a type. One event at a time.
 */
final class GatedCall<Q> extends SimpleForwardingServerCallListener<Q> {

    private final ServerCall<Q, ?> call;
    private final Runnable refused;
    private final Runnable ended;
    private boolean over;

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
            guarded(() -> super.onMessage(message));
        } else if (!over) {
            refuse(new ProgramRejectedException(
                    MALFORMED_REQUEST,
                    "message of call " + call.getMethodDescriptor().getBareMethodName(),
                    "bytes that are no such message",
                    "messages of protocol 1",
                    "report this client"));
        }
    }

    private void refuse(ChipException why) {
        over = true;
        refused.run();
        StatusRuntimeException refusal = WireErrors.status(why);
        try {
            call.close(refusal.getStatus(), refusal.getTrailers());
        } catch (IllegalStateException e) {
            // it was answered already, which stands
            return;
        }
    }

    private void guarded(Runnable step) {
        if (over) {
            return;
        }
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            refuse(Incidents.record(e));
        }
    }

    @Override
    public void onReady() {
        guarded(super::onReady);
    }

    @Override
    public void onHalfClose() {
        guarded(super::onHalfClose);
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
