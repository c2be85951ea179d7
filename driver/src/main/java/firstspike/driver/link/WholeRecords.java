package firstspike.driver.link;

import com.google.protobuf.CodedInputStream;
import firstspike.proto.chip.v1.ResultChunk;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.HasByteBuffer;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads large result chunks out of the buffers of the transport: one copy, where the way over an array makes two. Any thread.
 */
final class WholeRecords implements ClientInterceptor, MethodDescriptor.Marshaller<ResultChunk> {

    /** What is smaller stays in the cache whatever is done to it. */
    private static final int LARGE = 1 << 16;

    private final MethodDescriptor.Marshaller<ResultChunk> small;

    /** @param small reads and writes all other messages of that kind */
    WholeRecords(MethodDescriptor.Marshaller<ResultChunk> small) {
        this.small = small;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        // one marshaller for each class of messages
        return method.getResponseMarshaller() == small
                ? next.newCall(
                        method.toBuilder(method.getRequestMarshaller(), (MethodDescriptor.Marshaller<A>)
                                        (MethodDescriptor.Marshaller<?>) this)
                                .build(),
                        options)
                : next.newCall(method, options);
    }

    @Override
    public InputStream stream(ResultChunk value) {
        return small.stream(value);
    }

    @Override
    public ResultChunk parse(InputStream stream) {
        try {
            int size = stream.available();
            if (size < LARGE
                    || !stream.markSupported()
                    || !(stream instanceof HasByteBuffer content)
                    || !content.byteBufferSupported()) {
                return small.parse(stream);
            }
            // behind a mark buffers are kept until the stream is closed
            stream.mark(size);
            return ResultChunk.parseFrom(CodedInputStream.newInstance(buffers(stream, content)));
        } catch (IOException e) {
            throw Status.INTERNAL
                    .withDescription("a result chunk that is none")
                    .withCause(e)
                    .asRuntimeException();
        }
    }

    private static List<ByteBuffer> buffers(InputStream stream, HasByteBuffer content) throws IOException {
        List<ByteBuffer> buffers = new ArrayList<>();
        for (ByteBuffer next = content.getByteBuffer(); next != null; next = content.getByteBuffer()) {
            buffers.add(next);
            long size = next.remaining();
            if (stream.skip(size) != size) {
                throw new IOException("a buffer of " + size + " bytes ends early");
            }
        }
        return buffers;
    }
}
