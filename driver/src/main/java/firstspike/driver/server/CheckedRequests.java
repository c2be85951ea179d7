package firstspike.driver.server;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A service whose requests may be anything: bytes that are no message of their kind become {@code null}, which the {@link
 * CallGate} answers with a typed refusal. gRPC alone answers UNKNOWN and writes a stack trace for each.
 */
final class CheckedRequests {

    private CheckedRequests() {}

    /** The same service with that leniency. */
    static ServerServiceDefinition of(BindableService service) {
        ServerServiceDefinition strict = service.bindService();
        ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder(
                        strict.getServiceDescriptor().getName())
                .setSchemaDescriptor(strict.getServiceDescriptor().getSchemaDescriptor());
        List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
        for (ServerMethodDefinition<?, ?> method : strict.getMethods()) {
            ServerMethodDefinition<?, ?> lenient = lenient(method);
            methods.add(lenient);
            descriptor.addMethod(lenient.getMethodDescriptor());
        }
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(definition::addMethod);
        return definition.build();
    }

    private static <Q, A> ServerMethodDefinition<Q, A> lenient(ServerMethodDefinition<Q, A> method) {
        MethodDescriptor<Q, A> strict = method.getMethodDescriptor();
        return ServerMethodDefinition.create(
                strict.toBuilder(new Lenient<>(strict.getRequestMarshaller()), strict.getResponseMarshaller())
                        .build(),
                method.getServerCallHandler());
    }

    private record Lenient<Q>(MethodDescriptor.Marshaller<Q> strict) implements MethodDescriptor.Marshaller<Q> {

        @Override
        public InputStream stream(Q value) {
            return strict.stream(value);
        }

        @Override
        public Q parse(InputStream stream) {
            try {
                return strict.parse(stream);
            } catch (StatusRuntimeException e) {
                return null;
            }
        }
    }
}
