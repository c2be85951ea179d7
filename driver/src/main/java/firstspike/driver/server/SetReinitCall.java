package firstspike.driver.server;

import static firstspike.driver.error.ProgramRejectedException.Code.MALFORMED_REQUEST;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.proto.chip.v1.ProgramChunk;
import firstspike.proto.chip.v1.ReinitHeader;
import firstspike.proto.chip.v1.SetReinitMessage;
import firstspike.proto.chip.v1.SetReinitResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** One {@code SetReinit} call: nothing changes before all of it is there. Called by the transport, one event at a time. */
final class SetReinitCall implements StreamObserver<SetReinitMessage> {

    private final ServerCallStreamObserver<SetReinitResponse> call;
    private final Sessions sessions;
    private final Answers answers;
    private Session session;
    private ReinitUpload upload;
    private boolean over;

    SetReinitCall(ServerCallStreamObserver<SetReinitResponse> call, Sessions sessions, Answers answers) {
        this.call = call;
        this.sessions = sessions;
        this.answers = answers;
        call.setOnCancelHandler(() -> over = true);
    }

    @Override
    public void onNext(SetReinitMessage message) {
        guarded(() -> {
            switch (message.getContentCase()) {
                case HEADER -> begin(message.getHeader());
                case CHUNK -> add(message.getChunk());
                case CONTENT_NOT_SET -> throw malformed("message of an upload", "empty", "header or chunk");
            }
        });
    }

    private void begin(ReinitHeader header) {
        if (upload != null) {
            throw malformed("header of an upload", "twice", "once");
        }
        session = sessions.called(header.getSessionId());
        upload = new ReinitUpload(header);
    }

    private void add(ProgramChunk chunk) {
        if (upload == null) {
            throw malformed("first message of an upload", "a chunk", "the header");
        }
        upload.add(chunk);
        if (upload.complete()) {
            ReinitHeader header = upload.header();
            // an index above 2^31 is negative here and no entry either way
            end(session.setReinit(header.getIndex(), upload.program(), upload.snapshot(), header.getEnforce()));
        }
    }

    private void end(int height) {
        over = true;
        call.onNext(SetReinitResponse.newBuilder().setHeight(height).build());
        call.onCompleted();
    }

    @Override
    public void onCompleted() {
        guarded(() -> {
            if (upload != null && upload.header().getEnforce() && upload.isEmpty()) {
                end(session.enforceReinit());
                return;
            }
            throw malformed("upload", "ended without the end of its programs", "a last chunk with its totals");
        });
    }

    @Override
    public void onError(Throwable cause) {
        over = true;
    }

    private void guarded(Runnable step) {
        if (over) {
            return;
        }
        try {
            step.run();
        } catch (ChipException e) {
            over = true;
            answers.refuse(call, e);
        } catch (RuntimeException | Error e) {
            over = true;
            answers.refuse(call, Incidents.record(e));
        }
    }

    private static ProgramRejectedException malformed(String thing, Object value, Object limit) {
        return new ProgramRejectedException(MALFORMED_REQUEST, thing, value, limit, "report this client");
    }
}
