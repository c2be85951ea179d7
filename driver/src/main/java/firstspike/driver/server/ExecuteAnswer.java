package firstspike.driver.server;

import firstspike.driver.error.ChipException;
import firstspike.driver.server.spool.StoredSubmission;

/** Answers an {@code Execute} call: the result of the submission once that is there as a whole. Called by its upload. */
record ExecuteAnswer(ResultDelivery result) implements UploadCall.Outcome {

    @Override
    public void handedIn(SubmissionDesk desk, StoredSubmission submission) {
        result.follow(submission.result(), 0);
    }

    @Override
    public void refused(ChipException why) {
        result.refuse(why);
    }

    @Override
    public void gone() {
        result.close();
    }
}
