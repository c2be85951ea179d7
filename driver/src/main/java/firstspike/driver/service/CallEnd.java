package firstspike.driver.service;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.ServerCall;

/** Says once when a call is over, however it ended. */
final class CallEnd<Q> extends SimpleForwardingServerCallListener<Q> {

    private final Runnable ended;

    CallEnd(ServerCall.Listener<Q> listener, Runnable ended) {
        super(listener);
        this.ended = ended;
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
