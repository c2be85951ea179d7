package firstspike.driver.service;

import firstspike.driver.link.ChipException;
import firstspike.driver.link.WireErrors;
import firstspike.proto.chip.v1.ResultChunk;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.Optional;

/**
 * Sends a stored result as fast as its reader takes it: never more than the transport asks for, never a waiting thread.
 * Any thread.
 */
final class ResultStream implements Job.Outcome {

    private final ServerCallStreamObserver<ResultChunk> call;
    private List<ResultChunk> chunks;
    private Optional<ChipException> error;
    private int next;
    private boolean ended;

    ResultStream(ServerCallStreamObserver<ResultChunk> call) {
        this.call = call;
        call.setOnReadyHandler(this::send);
    }

    @Override
    public synchronized void deliver(List<ResultChunk> result, Optional<ChipException> why) {
        if (chunks == null) {
            chunks = result;
            error = why;
            send();
        }
    }

    /** Ends the call with an error and nothing else. */
    void refuse(ChipException why) {
        deliver(List.of(), Optional.of(why));
    }

    private synchronized void send() {
        if (chunks == null || ended || call.isCancelled()) {
            return;
        }
        while (next < chunks.size()) {
            if (!call.isReady()) {
                return;
            }
            call.onNext(chunks.get(next++));
        }
        ended = true;
        error.ifPresentOrElse(e -> call.onError(WireErrors.status(e)), call::onCompleted);
    }
}
