package firstspike.driver.remote;

import firstspike.driver.link.PendingSubmission;
import firstspike.driver.link.Submission;
import firstspike.proto.chip.v1.SubmissionStatus;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The programs that were submitted to a remote link. One thread uploads them in order, so that the server queues them in
 * order; another one fetches their results in the same order, while further ones are uploaded. Owner thread of the link.
 */
final class RemoteSubmissions {

    private final RemoteSession session;
    private final Map<UUID, Entry> open = new ConcurrentHashMap<>();
    private final Queue<Entry> pending = new ArrayDeque<>();
    private final ExecutorService uploads = thread("firstspike-uploads");
    private final ExecutorService results = thread("firstspike-results");

    RemoteSubmissions(RemoteSession session) {
        this.session = session;
        session.news().onState(this::changed);
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(task -> {
            Thread worker = new Thread(task, name);
            worker.setDaemon(true);
            return worker;
        });
    }

    Submission add(RemoteRun run) {
        Entry entry = new Entry(run);
        open.put(run.id(), entry);
        pending.removeIf(PendingSubmission::ended);
        pending.add(entry);
        uploads.execute(entry::upload);
        return entry;
    }

    /** Waits until all of them have ended, however. */
    void awaitAll() {
        while (!pending.isEmpty()) {
            pending.remove().awaitEnd();
        }
    }

    private void changed(SubmissionStatus status) {
        Entry entry;
        try {
            entry = open.get(UUID.fromString(status.getSubmissionId()));
        } catch (IllegalArgumentException e) {
            // not one of ours
            return;
        }
        if (entry != null) {
            switch (status.getState()) {
                case SUBMISSION_STATE_QUEUED -> entry.now(Submission.State.QUEUED);
                case SUBMISSION_STATE_RUNNING -> entry.now(Submission.State.RUNNING);
                default -> {
                    // the end is known when the result is here
                }
            }
        }
    }

    void close() {
        uploads.shutdownNow();
        results.shutdownNow();
        open.values().forEach(entry -> entry.giveUp("the link was closed"));
    }

    /** One submitted program. */
    private final class Entry extends PendingSubmission {

        private final RemoteRun run;
        private volatile boolean begun;
        private volatile boolean unwanted;

        private Entry(RemoteRun run) {
            super(run.id());
            this.run = run;
        }

        private void upload() {
            if (ended()) {
                return;
            }
            begun = true;
            try {
                run.upload();
                now(State.QUEUED);
                if (unwanted) {
                    session.cancel(id());
                }
                results.execute(this::fetch);
            } catch (RuntimeException e) {
                end(e);
            }
        }

        private void fetch() {
            try {
                end(run.fetch().get(0));
            } catch (RuntimeException e) {
                end(e);
            }
        }

        @Override
        protected void onEnd() {
            open.remove(id());
        }

        @Override
        public void cancel() {
            unwanted = true;
            // once its upload began it may run before its answer is here
            if (state() == State.UPLOADING && !begun) {
                giveUp("cancelled before the server had it");
            }
            session.cancel(id());
        }
    }
}
