package firstspike.driver.server.spool;

import firstspike.proto.chip.v1.SubmissionStatus;
import java.util.UUID;

/**
 * The bytes of one submission: what came in and what goes out.
 *
 * @param upload its programs
 * @param result what came of them
 */
public record StoredSubmission(SpooledUpload upload, SpooledResult result) implements AutoCloseable {

    /** Chosen by the client. */
    public UUID id() {
        return upload.id();
    }

    /** Whether the client is to send (more of) its programs. */
    public boolean wantsWords() {
        return !upload.complete() && !result.ended();
    }

    /** Adds what is stored to the status of the submission. */
    public SubmissionStatus.Builder describe(SubmissionStatus.Builder status) {
        return status.setSubmissionId(id().toString())
                .addAllReceivedInstructions(upload.receivedInstructions())
                .setResultBytes(result.bytes());
    }

    /** Drops everything; repeated calls have no effect. */
    @Override
    public void close() {
        upload.close();
        result.close();
    }
}
