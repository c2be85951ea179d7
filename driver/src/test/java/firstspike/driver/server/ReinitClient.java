package firstspike.driver.server;

import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.server.spool.Uploads;
import firstspike.proto.chip.v1.PopReinitRequest;
import firstspike.proto.chip.v1.ReinitHeader;
import firstspike.proto.chip.v1.SetReinitMessage;
import firstspike.proto.chip.v1.SetReinitResponse;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Sets and pops reinit entries of a session, message by message. */
record ReinitClient(TransferClient client) {

    /** Sets an entry; gives the height of the stack. */
    int set(int index, PlaybackProgram... programAndSnapshot) {
        CompletableFuture<Integer> height = new CompletableFuture<>();
        StreamObserver<SetReinitMessage> upload = client.streams().setReinit(new StreamObserver<>() {
            @Override
            public void onNext(SetReinitResponse answer) {
                height.complete(answer.getHeight());
            }

            @Override
            public void onError(Throwable cause) {
                height.completeExceptionally(cause);
            }

            @Override
            public void onCompleted() {
                // the answer came before
            }
        });
        upload.onNext(SetReinitMessage.newBuilder()
                .setHeader(ReinitHeader.newBuilder()
                        .setSessionId(client.session())
                        .setIndex(index)
                        .setHasSnapshot(programAndSnapshot.length == 2))
                .build());
        Uploads.chunks(2, programAndSnapshot)
                .forEach(chunk -> upload.onNext(
                        SetReinitMessage.newBuilder().setChunk(chunk).build()));
        upload.onCompleted();
        return height.orTimeout(20, TimeUnit.SECONDS).join();
    }

    int pop(int index) {
        return client.calls()
                .popReinit(PopReinitRequest.newBuilder()
                        .setSessionId(client.session())
                        .setIndex(index)
                        .build())
                .getHeight();
    }
}
