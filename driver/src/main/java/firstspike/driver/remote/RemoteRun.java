package firstspike.driver.remote;

import firstspike.driver.link.RunResult;
import firstspike.driver.playback.PlaybackProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One submission of programs whose results are kept in memory: how it ends. One thread at a time. */
final class RemoteRun {

    private final RemoteSession session;
    private final List<PlaybackProgram> programs;
    private final List<CollectedPart> parts;
    private final Transfer transfer;

    RemoteRun(RemoteSession session, List<PlaybackProgram> programs, List<CollectedPart> parts, Transfer transfer) {
        this.session = session;
        this.programs = programs;
        this.parts = parts;
        this.transfer = transfer;
    }

    UUID id() {
        return transfer.id();
    }

    /** Uploads, waits and fetches in one call. */
    List<RunResult> execute() {
        return finish(transfer::execute);
    }

    /** Brings the programs to the server. */
    void upload() {
        guarded(transfer::upload);
    }

    /** Waits for the results of what was uploaded. */
    List<RunResult> fetch() {
        return finish(transfer::fetch);
    }

    private List<RunResult> finish(Runnable way) {
        guarded(way);
        session.receipts().arrived(id());
        SessionChanges changes = session.takeChanges();
        List<RunResult> results = new ArrayList<>(programs.size());
        for (int i = 0; i < programs.size(); i++) {
            // what happened to the session concerns the list as a whole: counted once
            RunResult result = parts.get(i)
                    .result(transfer.timing(), i == 0 ? changes : SessionChanges.NONE)
                    .orElseThrow();
            results.add(result.complete(programs.get(i)));
        }
        return results;
    }

    private void guarded(Runnable way) {
        try {
            way.run();
        } catch (Transfer.Ended ended) {
            session.receipts().arrived(id());
            throw transfer.error(ended, partial().orElse(null));
        }
    }

    /** What came of the program that failed. */
    private Optional<RunResult> partial() {
        int failed = transfer.failedPart().orElse(programs.size() - 1);
        return failed >= programs.size()
                ? Optional.empty()
                : transfer.partialTiming().flatMap(timing -> parts.get(failed).result(timing, session.takeChanges()));
    }
}
