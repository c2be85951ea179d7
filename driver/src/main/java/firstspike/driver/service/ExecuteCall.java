package firstspike.driver.service;

import firstspike.driver.link.ChipException;
import firstspike.driver.link.MalformedRequestException;
import firstspike.proto.chip.v1.ResultChunk;
import firstspike.proto.chip.v1.SubmissionHeader;
import firstspike.proto.chip.v1.UploadMessage;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/**
 * One {@code Execute} call: the upload comes in, one message at a time as it is asked for, then the result goes out. When
 * the client vanishes an unfinished upload is forgotten; a submission that is complete goes on, because the client may
 * come back for it (playback.md 14.5). Called by the transport, one event at a time.
 */
final class ExecuteCall implements StreamObserver<UploadMessage> {

    private final ServerCallStreamObserver<ResultChunk> call;
    private final ResultStream result;
    private final Sessions sessions;
    private final ServerLimits limits;
    private final Totals totals;
    private final Object connection;
    private final Runnable begin;
    private Session session;
    private SubmissionHeader header;
    private Upload upload;
    private long reserved;
    private boolean inGate;
    private boolean over;

    ExecuteCall(
            ServerCallStreamObserver<ResultChunk> call,
            Sessions sessions,
            ServerLimits limits,
            Totals totals,
            Object connection) {
        this.call = call;
        this.sessions = sessions;
        this.limits = limits;
        this.totals = totals;
        this.connection = connection;
        this.result = new ResultStream(call);
        this.begin = () -> call.request(1);
        call.disableAutoRequest();
        call.setOnCancelHandler(this::gone);
        call.setOnCloseHandler(this::gone);
        call.request(1);
    }

    @Override
    public void onNext(UploadMessage message) {
        guarded(() -> {
            switch (message.getContentCase()) {
                case HEADER -> begin(message.getHeader());
                case CHUNK -> {
                    if (header == null) {
                        throw malformed("first message of an upload", "a chunk", "the header");
                    }
                    if (upload != null) {
                        upload.add(message.getChunk());
                        session.reserve(upload.bytes() - reserved);
                        reserved = upload.bytes();
                        submitWhenComplete();
                    }
                    call.request(1);
                }
                case CONTENT_NOT_SET -> throw malformed("message of an upload", "empty", "header or chunk");
            }
        });
    }

    private void begin(SubmissionHeader first) {
        if (header != null) {
            throw malformed("header of an upload", "twice", "once");
        }
        header = first;
        Upload fresh = new Upload(first, limits);
        session = sessions.require(first.getSessionId());
        session.callBegins(connection);
        session.acknowledge(first.getAcknowledgedList());
        Optional<Job> known = session.known(fresh.id(), fresh.hash());
        if (known.isPresent()) {
            known.get().await(result);
            call.request(1);
            return;
        }
        if (sessions.draining()) {
            throw Session.draining();
        }
        upload = fresh;
        inGate = true;
        session.gate().enter(begin);
    }

    private void submitWhenComplete() {
        if (upload.complete()) {
            Job job = session.submit(upload);
            reserved = 0;
            leaveGate();
            job.await(result);
        }
    }

    private void leaveGate() {
        upload = null;
        session.release(reserved);
        reserved = 0;
        if (inGate) {
            inGate = false;
            if (!session.gate().withdraw(begin)) {
                session.gate().leave();
            }
        }
    }

    @Override
    public void onCompleted() {
        guarded(() -> {
            if (header == null || upload != null) {
                throw malformed("upload", "ended without the end of its program", "a last chunk with its totals");
            }
        });
    }

    @Override
    public void onError(Throwable cause) {
        gone();
    }

    private void guarded(Runnable step) {
        if (over) {
            return;
        }
        try {
            step.run();
        } catch (ChipException e) {
            refuse(e);
        } catch (RuntimeException e) {
            refuse(Incidents.record(e));
        }
    }

    private void refuse(ChipException why) {
        totals.callRefused();
        if (session != null) {
            leaveGate();
        }
        result.refuse(why);
    }

    private void gone() {
        if (!over) {
            over = true;
            if (session != null) {
                leaveGate();
                session.callEnds();
            }
        }
    }

    private static MalformedRequestException malformed(String thing, Object value, Object limit) {
        return new MalformedRequestException(thing, value, limit, "report this client");
    }
}
