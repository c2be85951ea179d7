package firstspike.driver.service;

import com.google.protobuf.ByteString;
import firstspike.driver.link.ChipBusyException;
import firstspike.driver.link.ChipException;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ErrorDetail;
import firstspike.driver.link.QuotaExceededException;
import firstspike.driver.link.SessionUnknownException;
import firstspike.driver.link.SubmissionConflictException;
import firstspike.driver.link.WallClock;
import firstspike.driver.link.WireErrors;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One client's hold on one chip: a link, the thread that alone uses it, and the submissions (playback.md 14.2, 14.3). The
 * thread goes when there is nothing to do and comes back. Any thread.
 */
final class Session {

    /** Ended submissions whose results were acknowledged; their ids stay known that long. */
    private static final int REMEMBERED = 1024;

    private static final int IDLE_THREAD_SECONDS = 30;

    private final String id;
    private final WallClock clock;
    private final ServerLimits limits;
    private final JobRunner runner;
    private final ThreadPoolExecutor worker;
    private final UploadGate gate;
    private final Map<UUID, Job> jobs = new LinkedHashMap<>();
    private final Map<UUID, ByteString> acknowledged = new LinkedHashMap<>();
    private final Set<Object> connections = new HashSet<>();
    private ChipLink link;
    private int calls;
    private long lastSeen;
    private long uploadBytes;
    private boolean closed;

    Session(String id, WallClock clock, ServerLimits limits, JobRunner runner) {
        this.id = id;
        this.clock = clock;
        this.limits = limits;
        this.runner = runner;
        this.gate = new UploadGate(limits.uploads());
        this.lastSeen = clock.nanoTime();
        this.worker = new ThreadPoolExecutor(
                1,
                1,
                IDLE_THREAD_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(limits.queuedSubmissions() + 1),
                task -> {
                    Thread thread = new Thread(task, "firstspike-session-" + id.substring(0, 8));
                    thread.setDaemon(true);
                    return thread;
                });
        worker.allowCoreThreadTimeOut(true);
    }

    String id() {
        return id;
    }

    UploadGate gate() {
        return gate;
    }

    /** Calls something on the session's thread, the only one that touches the link. */
    void onWorker(Runnable task) {
        try {
            worker.execute(task);
        } catch (RejectedExecutionException e) {
            synchronized (this) {
                if (closed) {
                    throw unknown(id);
                }
            }
            throw new QuotaExceededException(
                    ErrorDetail.of(
                                    "submissions of the session that wait",
                                    limits.queuedSubmissions() + 1,
                                    limits.queuedSubmissions(),
                                    "wait for results")
                            .with(WireErrors.REASON, "QUEUE_FULL"),
                    e);
        }
    }

    /** The session's link, set once on the worker. */
    synchronized void opened(ChipLink chipLink) {
        link = chipLink;
    }

    /** A call of this session begins. */
    synchronized void callBegins(Object connection) {
        calls++;
        connections.add(connection);
        lastSeen = clock.nanoTime();
    }

    /** A call of this session ends. */
    synchronized void callEnds() {
        calls--;
        lastSeen = clock.nanoTime();
    }

    /** A connection is gone. */
    synchronized void disconnected(Object connection) {
        if (connections.remove(connection)) {
            lastSeen = clock.nanoTime();
        }
    }

    /** Whether anybody is connected. */
    synchronized boolean isConnected() {
        return !connections.isEmpty();
    }

    /** Whether nobody was connected for so long. */
    synchronized boolean idleFor(Duration duration) {
        return calls == 0 && connections.isEmpty() && clock.nanoTime() - lastSeen >= duration.toNanos();
    }

    /**
     * The job that an id already stands for.
     *
     * @throws SubmissionConflictException when it stands for other bytes
     * @throws SessionUnknownException when its result is gone
     */
    synchronized Optional<Job> known(UUID submission, ByteString hash) {
        Job job = jobs.get(submission);
        ByteString before = job == null ? acknowledged.get(submission) : job.hash();
        if (before != null && !before.equals(hash)) {
            throw new SubmissionConflictException(
                    ErrorDetail.of(
                                    "submission " + submission,
                                    "the id of another program",
                                    "one program an id",
                                    "choose a new id")
                            .with(WireErrors.REASON, "ID_REUSED"),
                    null);
        }
        if (job == null && before != null) {
            throw unknownSubmission(submission, "acknowledged, its result is dropped");
        }
        return Optional.ofNullable(job);
    }

    /**
     * Queues a complete upload, unless its id is known already. Its bytes are released when it runs; when this throws
     * they stay the caller's to release.
     */
    Job submit(Upload upload) {
        Job job;
        synchronized (this) {
            if (closed) {
                throw unknown(id);
            }
            Optional<Job> known = known(upload.id(), upload.hash());
            if (known.isPresent()) {
                release(upload.bytes());
                return known.get();
            }
            long stored = jobs.values().stream().mapToLong(Job::bytes).sum();
            quota("results of the session that nobody acknowledged, bytes", stored, limits.storedResultBytes());
            job = new Job(upload);
            jobs.put(job.id(), job);
        }
        long queued = clock.nanoTime();
        try {
            onWorker(() -> {
                release(upload.bytes());
                runner.run(this, job, upload, link(), queued);
            });
        } catch (ChipException e) {
            forget(job);
            throw e;
        }
        return job;
    }

    private void quota(String thing, long value, long limit) {
        if (value > limit) {
            throw new QuotaExceededException(
                    ErrorDetail.of(thing, value, limit, "wait for results and acknowledge them")
                            .with(WireErrors.REASON, "STORAGE"),
                    null);
        }
    }

    /** Counts words that arrived and have not run. */
    synchronized void reserve(long bytes) {
        quota("uploads of the session that have not run, bytes", uploadBytes + bytes, limits.uploadBytes());
        uploadBytes += bytes;
    }

    /** Words that were reserved are gone. */
    synchronized void release(long bytes) {
        uploadBytes -= bytes;
    }

    private synchronized ChipLink link() {
        return link;
    }

    /** Takes an id back whose program was refused before anything ran. */
    synchronized void forget(Job job) {
        jobs.remove(job.id(), job);
    }

    /** The job behind an id; empty when it was acknowledged. */
    synchronized Optional<Job> job(UUID submission) {
        Job job = jobs.get(submission);
        if (job == null && !acknowledged.containsKey(submission)) {
            throw unknownSubmission(submission, "not known here");
        }
        return Optional.ofNullable(job);
    }

    private static SessionUnknownException unknownSubmission(UUID submission, String what) {
        return new SessionUnknownException(
                ErrorDetail.of("submission " + submission, what, "submissions of this session", "use a new id")
                        .with(WireErrors.REASON, "SUBMISSION_UNKNOWN"),
                null,
                null,
                true);
    }

    /** Drops results that arrived; returns the bytes that became free. Ids stay known, so that nothing runs twice. */
    synchronized long acknowledge(List<String> submissions) {
        long freed = 0;
        for (String text : submissions) {
            Job job = jobs.get(Upload.uuid(text));
            if (job != null && job.ended()) {
                freed += job.bytes();
                jobs.remove(job.id());
                acknowledged.put(job.id(), job.hash());
                if (acknowledged.size() > REMEMBERED) {
                    acknowledged.remove(acknowledged.keySet().iterator().next());
                }
            }
        }
        return freed;
    }

    /** Ends what waits, not what runs, because nobody is connected. */
    void expireQueue() {
        snapshot().forEach(Job::expire);
    }

    /** Refuses what waits because the server is closing, and lets the running program finish. */
    void drain() {
        ChipBusyException draining = draining();
        snapshot().forEach(job -> job.refuse(draining));
    }

    private synchronized List<Job> snapshot() {
        return List.copyOf(jobs.values());
    }

    static ChipBusyException draining() {
        return new ChipBusyException(
                ErrorDetail.of("server", "closing down", "running programs only", "wait for its successor")
                        .with(WireErrors.REASON, "DRAINING"),
                null);
    }

    static SessionUnknownException unknown(String session) {
        return new SessionUnknownException(
                ErrorDetail.of(
                                "session " + (session.length() > 64 ? session.length() + " characters" : session),
                                "not known here",
                                "sessions that this server opened and that did not expire",
                                "open a new session and set the chip up again")
                        .with(WireErrors.REASON, "SESSION_UNKNOWN"),
                null,
                null,
                false);
    }

    /** Cancels everything and gives the chip back; the thread ends when the running program has. */
    void close(String byWhom) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        snapshot().forEach(job -> job.cancel(byWhom));
        try {
            // taken out of the way, so that the link is closed even when the queue is full
            worker.getQueue().clear();
            worker.execute(this::giveBack);
        } finally {
            worker.shutdown();
        }
    }

    private void giveBack() {
        ChipLink chipLink = link();
        if (chipLink != null) {
            chipLink.close();
        }
    }

    /** Waits for the thread to end. */
    boolean awaitEnd(long nanos) throws InterruptedException {
        return worker.awaitTermination(nanos, TimeUnit.NANOSECONDS);
    }

    /** Waits for the running program, until an instant of {@link System#nanoTime}. */
    void awaitQuiet(long end) throws InterruptedException {
        for (Job job : snapshot()) {
            CountDownLatch latch = new CountDownLatch(1);
            job.await((chunks, error) -> latch.countDown());
            latch.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    /** Whether a program runs or waits. */
    boolean busy() {
        return snapshot().stream().anyMatch(job -> !job.ended());
    }
}
