package firstspike.driver.server;

import firstspike.driver.error.ChipException;
import firstspike.driver.remote.WireErrors;
import firstspike.driver.server.spool.StoredSubmission;
import firstspike.proto.chip.v1.SubmissionStatus;
import io.grpc.stub.StreamObserver;

/** Answers a {@code Submit} call: where the submission stands once it is there as a whole. Called by its upload. */
record SubmitAnswer(StreamObserver<SubmissionStatus> call) implements UploadCall.Outcome {

    @Override
    public void handedIn(SubmissionDesk desk, StoredSubmission submission) {
        call.onNext(desk.status(submission.id()));
        call.onCompleted();
    }

    @Override
    public void refused(ChipException why) {
        call.onError(WireErrors.status(why));
    }

    @Override
    public void gone() {}
}
