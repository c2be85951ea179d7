package firstspike.driver.link;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ResponseKind;
import firstspike.proto.chip.v1.PartEnd;
import firstspike.proto.chip.v1.ProgramChunk;
import firstspike.proto.chip.v1.ResultChunk;
import firstspike.proto.chip.v1.SubmissionHeader;
import firstspike.proto.chip.v1.UploadMessage;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One {@code Execute} call from the client's side: the program goes up as fast as the transport takes it, the chunks of
 * the result come down as fast as they are decoded. The transport only fills a small mailbox; everything else happens on
 * the thread that calls {@link #upload} and {@link #next}.
 */
final class ExecuteExchange implements ClientResponseObserver<UploadMessage, ResultChunk> {

    /** Result chunks on their way or in the mailbox. */
    private static final int WINDOW = 8;

    private final int chunkInstructions;
    private final Deque<ResultChunk> mailbox = new ArrayDeque<>();
    private ClientCallStreamObserver<UploadMessage> call;
    private boolean connected;
    private boolean completed;
    private boolean expired;
    private Throwable failure;

    /**
     * @param chunkInstructions instructions of one upload chunk, 1 to 65536
     */
    ExecuteExchange(int chunkInstructions) {
        this.chunkInstructions = chunkInstructions;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<UploadMessage> requestStream) {
        call = requestStream;
        call.disableAutoRequestWithInitial(WINDOW);
        call.setOnReadyHandler(this::ready);
    }

    private synchronized void ready() {
        connected = true;
        notifyAll();
    }

    @Override
    public synchronized void onNext(ResultChunk chunk) {
        mailbox.add(chunk);
        notifyAll();
    }

    @Override
    public synchronized void onError(Throwable cause) {
        failure = cause;
        notifyAll();
    }

    @Override
    public synchronized void onCompleted() {
        completed = true;
        notifyAll();
    }

    /** The deadline has passed: {@link #upload} and {@link #next} throw {@link Expired} from now on. */
    synchronized void expire() {
        expired = true;
        notifyAll();
    }

    /** Whether the transport ever took anything. */
    synchronized boolean wasConnected() {
        return connected;
    }

    /** Ends the call from this side. */
    void cancel() {
        call.cancel("given up by the client", null);
    }

    /**
     * Sends header and program; returns early when the server has answered already.
     *
     * @param header whose it is
     * @param program its words
     * @throws InterruptedException when the thread is interrupted
     * @throws Expired when the deadline passes
     */
    void upload(SubmissionHeader header, PlaybackProgram program) throws InterruptedException, Expired {
        call.onNext(UploadMessage.newBuilder().setHeader(header).build());
        int offset = 0;
        do {
            int count = Math.min(chunkInstructions, program.size() - offset);
            // what fits into one chunk needs no permission; more must not pile up in memory
            if (offset > 0 && !awaitReady()) {
                return;
            }
            call.onNext(chunk(program, offset, count));
            offset += count;
        } while (offset < program.size());
        call.onCompleted();
    }

    static UploadMessage chunk(PlaybackProgram program, int offset, int count) {
        ByteBuffer words = ByteBuffer.allocate(count * Long.BYTES);
        program.copyWords(offset, count, words);
        CRC32C crc = new CRC32C();
        crc.update(words.flip());
        ProgramChunk.Builder chunk = ProgramChunk.newBuilder()
                .setOffset(offset)
                .setWords(UnsafeByteOperations.unsafeWrap(words.rewind()))
                .setCrc32C((int) crc.getValue());
        if (offset + count == program.size()) {
            chunk.setEnd(PartEnd.newBuilder()
                    .setInstructionCount(program.size())
                    .setOmnibusResponses(program.expectedResponses(ResponseKind.OMNIBUS))
                    .setJtagResponses(program.expectedResponses(ResponseKind.JTAG))
                    .setLoopbackResponses(program.expectedResponses(ResponseKind.LOOPBACK))
                    .setSha256(hash(program))
                    .setLastPart(true));
        }
        return UploadMessage.newBuilder().setChunk(chunk).build();
    }

    /** SHA-256 of a program, 32 bytes. */
    static ByteString hash(PlaybackProgram program) {
        return ByteString.fromHex(program.sha256());
    }

    private synchronized boolean awaitReady() throws InterruptedException, Expired {
        while (!call.isReady()) {
            if (expired) {
                throw new Expired();
            }
            if (failure != null || completed || !mailbox.isEmpty()) {
                return false;
            }
            wait();
        }
        return failure == null && !completed;
    }

    /**
     * Waits for the next chunk.
     *
     * @return the chunk, or empty when the call has ended; {@link #failure} then says how
     * @throws InterruptedException when the thread is interrupted
     * @throws Expired when the deadline passes
     */
    Optional<ResultChunk> next() throws InterruptedException, Expired {
        ResultChunk chunk;
        synchronized (this) {
            while (mailbox.isEmpty()) {
                if (failure != null || completed) {
                    return Optional.empty();
                }
                if (expired) {
                    throw new Expired();
                }
                wait();
            }
            chunk = mailbox.remove();
        }
        call.request(1);
        return Optional.of(chunk);
    }

    /** Why the call failed; empty when it ended well. */
    synchronized Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** The deadline of the caller has passed. */
    static final class Expired extends Exception {

        private static final long serialVersionUID = 1L;
    }
}
