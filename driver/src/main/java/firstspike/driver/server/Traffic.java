package firstspike.driver.server;

import firstspike.proto.chip.v1.ChipServiceGrpc;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerStreamTracer;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What went through a server's connections since it started. Any thread. */
public final class Traffic {

    private static final Set<String> METHODS = ChipServiceGrpc.getServiceDescriptor().getMethods().stream()
            .map(MethodDescriptor::getFullMethodName)
            .collect(Collectors.toUnmodifiableSet());
    private static final String OTHER = "other";

    private final LongAdder accepted = new LongAdder();
    private final LongAdder gone = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final Map<Ended, LongAdder> calls = new ConcurrentHashMap<>();

    Traffic() {}

    /**
     * How calls ended.
     *
     * @param method bare name of a call of the chip service, or {@code other}: health, reflection, unknown ones
     * @param code of the status
     */
    public record Ended(String method, Status.Code code) implements Comparable<Ended> {

        @Override
        public int compareTo(Ended other) {
            int byMethod = method.compareTo(other.method);
            return byMethod != 0 ? byMethod : code.compareTo(other.code);
        }
    }

    /** Counts connections whose handshakes are done. */
    ServerTransportFilter connections() {
        return new ServerTransportFilter() {
            @Override
            public Attributes transportReady(Attributes attributes) {
                accepted.increment();
                return attributes;
            }

            @Override
            public void transportTerminated(Attributes attributes) {
                // also told of transports that never became ready
                if (attributes != null) {
                    gone.increment();
                }
            }
        };
    }

    /** Counts calls and their bytes. */
    ServerStreamTracer.Factory calls() {
        return new ServerStreamTracer.Factory() {
            @Override
            public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
                begun.increment();
                return new CallTracer(
                        METHODS.contains(fullMethodName)
                                ? MethodDescriptor.extractBareMethodName(fullMethodName)
                                : OTHER);
            }
        };
    }

    /** Connections that were accepted. */
    public long acceptedConnections() {
        return accepted.sum();
    }

    /** Connections that are open. */
    public long openConnections() {
        return Math.max(0, accepted.sum() - gone.sum());
    }

    /** Calls that run. */
    public long openCalls() {
        return Math.max(0, begun.sum() - ended.sum());
    }

    /** Bytes of all messages that came in, as they were on the wire, without HTTP/2 frames. */
    public long receivedBytes() {
        return received.sum();
    }

    /** Bytes of all messages that went out, as they were on the wire, without HTTP/2 frames. */
    public long sentBytes() {
        return sent.sum();
    }

    /** Calls that ended, by method and status. */
    public Map<Ended, Long> endedCalls() {
        Map<Ended, Long> counts = new TreeMap<>();
        calls.forEach((key, count) -> counts.put(key, count.sum()));
        return counts;
    }

    private final class CallTracer extends ServerStreamTracer {

        private final String method;

        CallTracer(String method) {
            this.method = method;
        }

        @Override
        public void inboundWireSize(long bytes) {
            received.add(bytes);
        }

        @Override
        public void outboundWireSize(long bytes) {
            sent.add(bytes);
        }

        @Override
        public void streamClosed(Status status) {
            ended.increment();
            calls.computeIfAbsent(new Ended(method, status.getCode()), key -> new LongAdder())
                    .increment();
        }
    }
}
