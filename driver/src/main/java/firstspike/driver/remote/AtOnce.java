package firstspike.driver.remote;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;

/**
 * For streams of messages that are all at hand: they are sent when the last one is there, as those of a call that has but one.
 * The same on the wire, but transport and server are woken once, not by each message (a seventh of an empty round trip). Any
 * thread.
 */
final class AtOnce implements ClientInterceptor {

    static final ClientInterceptor INTERCEPTOR = new AtOnce();

    private AtOnce() {}

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        MethodDescriptor<Q, A> atOnce = method.toBuilder()
                .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
                .build();
        return next.newCall(atOnce, options);
    }
}
