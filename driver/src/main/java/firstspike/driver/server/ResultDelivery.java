package firstspike.driver.server;

import firstspike.driver.error.ChipException;
import firstspike.driver.remote.WireErrors;
import firstspike.driver.server.spool.ResultReader;
import firstspike.driver.server.spool.SpooledResult;
import firstspike.proto.chip.v1.ResultChunk;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends a result from a border on, while it grows beyond what memory keeps of it, as fast as its reader takes it: the transport holds a record or two, the rest
 * stays in the spool, and no thread waits. Any thread.
 */
final class ResultDelivery {

    private final ServerCallStreamObserver<ResultChunk> call;
    private final Executor senders;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private ResultReader reader;
    private boolean over;

    /**
     * @param call to answer
     * @param senders read and send on behalf of the chip's thread, which has better things to do
     */
    ResultDelivery(ServerCallStreamObserver<ResultChunk> call, Executor senders) {
        this.call = call;
        this.senders = senders;
        call.setOnReadyHandler(this::send);
    }

    /**
     * Sends a result.
     *
     * @param result to follow until it ends
     * @param fromOffset border at which to begin, bytes
     * @throws firstspike.driver.error.ProgramRejectedException when it is none
     */
    void follow(SpooledResult result, long fromOffset) {
        synchronized (this) {
            if (reader != null || over) {
                return;
            }
            reader = result.read(fromOffset, () -> progress(result));
        }
        send();
    }

    /** On the thread of the chip. What is small is sent at its end, at once: a change of threads would cost more than that. */
    private void progress(SpooledResult result) {
        if (result.inMemory()) {
            if (result.ended()) {
                send();
            }
        } else if (!scheduled.getAndSet(true)) {
            senders.execute(() -> {
                scheduled.set(false);
                send();
            });
        }
    }

    /** Ends the call with an error and nothing else. */
    synchronized void refuse(ChipException why) {
        end(Optional.of(why));
    }

    /** The client is gone. */
    synchronized void close() {
        over = true;
        if (reader != null) {
            reader.close();
        }
    }

    private synchronized void send() {
        if (over || reader == null || call.isCancelled()) {
            return;
        }
        try {
            while (call.isReady()) {
                // asked first, so that what comes in between is seen by the next round
                boolean complete = reader.complete();
                Optional<ResultChunk> chunk = reader.next();
                if (chunk.isPresent()) {
                    call.onNext(chunk.get());
                } else if (complete) {
                    end(reader.error());
                    return;
                } else {
                    return;
                }
            }
        } catch (ChipException e) {
            end(Optional.of(e));
        } catch (RuntimeException | Error e) {
            end(Optional.of(Incidents.record(e)));
        }
    }

    private void end(Optional<ChipException> error) {
        if (!over) {
            close();
            error.ifPresentOrElse(e -> call.onError(WireErrors.status(e)), call::onCompleted);
        }
    }
}
