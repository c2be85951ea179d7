package firstspike.driver.server;

import firstspike.driver.error.ChipException;
import firstspike.driver.server.spool.StoredSubmission;
import firstspike.proto.chip.v1.SubmissionHeader;
import firstspike.proto.chip.v1.SubmissionStatus;
import java.util.List;
import java.util.UUID;

/** The submissions of one session as its calls see them (playback.md 14.3, 14.4). Any thread; never waits. */
interface SubmissionDesk {

    /**
     * A submission begins to arrive, or comes again: after its connection broke, or because the answer to it was lost.
     *
     * @param header that opens it
     * @return what there is of it; new and empty when its id was not known
     * @throws ChipException when it is refused: malformed header, id of other programs, sequence, queue, draining
     */
    StoredSubmission begin(SubmissionHeader header);

    /** All programs arrived: it may run. */
    void arrived(StoredSubmission submission);

    /** Its call ended before all programs arrived: they may be continued for a while. */
    void interrupted(StoredSubmission submission);

    /** It cannot run: what arrived is not what it should be, or there is no room for it. */
    void refuse(StoredSubmission submission, ChipException why);

    /**
     * What is stored of a submission.
     *
     * @throws firstspike.driver.error.SessionUnknownException for an id that is not known or was acknowledged
     */
    StoredSubmission require(UUID submission);

    /** Where a submission stands. */
    SubmissionStatus status(UUID submission);

    /** Where all submissions stand that are known, in the order of their arrival. */
    List<SubmissionStatus> statuses();

    /** Drops results that arrived and gives the bytes that became free. */
    long acknowledge(List<String> submissions);

    /** Whose submissions they are. */
    String user();

    /** Lets so many uploads in at once. */
    UploadGate gate();
}
