package firstspike.driver.server;

import static firstspike.driver.error.ProgramRejectedException.Code.MALFORMED_REQUEST;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.error.SessionUnknownException;
import firstspike.driver.link.ChipLink;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.server.access.Caller;
import firstspike.driver.server.spool.SessionStore;
import firstspike.driver.server.spool.SpooledUpload;
import firstspike.driver.server.spool.StoredSubmission;
import firstspike.driver.server.turn.Lease;
import firstspike.driver.server.turn.Place;
import firstspike.driver.server.turn.SessionRequest;
import firstspike.driver.server.turn.TurnEvent;
import firstspike.driver.server.turn.UnitRequest;
import firstspike.driver.server.turn.UnitState;
import firstspike.driver.server.turn.UnitStatus;
import firstspike.proto.chip.v1.SubmissionHeader;
import firstspike.proto.chip.v1.SubmissionStatus;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One client's hold on one chip: who it is, how to come back to it, the bytes of its submissions and what happened in it
 * (playback.md 14.2, 14.3). What state anything is in says the machine of its {@link Lane}. Any thread.
 */
final class Session implements SubmissionDesk {

    /** Who ends a session that nobody comes back to. */
    static final String EXPIRY = "expiry";

    private static final long LARGEST_SEQUENCE = 1L << 62;

    private final String id;
    private final Caller owner;
    private final byte[] token;
    private final Lane lane;
    private final SessionStore store;
    private final UploadGate gate;
    private final Consumer<Session> gone;
    private final EventLog log = new EventLog();
    private final Map<UUID, Job> jobs = new ConcurrentHashMap<>();
    private final Set<Object> connections = ConcurrentHashMap.newKeySet();
    private final Set<Runnable> watchers = new CopyOnWriteArraySet<>();
    private final ReinitQuota reinit = new ReinitQuota();
    private volatile ChipLink link;
    private volatile String closedBy = EXPIRY;
    private boolean opened;
    private volatile boolean ended;

    /**
     * @param owner whom it belongs to
     * @param token 16 random bytes by which its client comes back
     * @param lane where it has its turns
     * @param store of its bytes
     * @param uploads that may arrive at once
     * @param gone is told once, when nothing of it runs any more
     */
    Session(String id, Caller owner, byte[] token, Lane lane, SessionStore store, int uploads, Consumer<Session> gone) {
        this.id = id;
        this.owner = owner;
        this.token = token.clone();
        this.lane = lane;
        this.store = store;
        this.gate = new UploadGate(uploads);
        this.gone = gone;
    }

    String id() {
        return id;
    }

    /** Who opened it. */
    Caller owner() {
        return owner;
    }

    Lane lane() {
        return lane;
    }

    @Override
    public String user() {
        return owner.user();
    }

    @Override
    public UploadGate gate() {
        return gate;
    }

    /** Quota of its reinit programs. */
    ReinitQuota reinit() {
        return reinit;
    }

    /** What happened in it. */
    EventLog log() {
        return log;
    }

    /** Who ended it, for people. */
    String closedBy() {
        return closedBy;
    }

    /** By which its client comes back, 16 bytes. */
    byte[] token() {
        return token.clone();
    }

    /** Whether that is its token; takes the same time for every answer. */
    boolean hasToken(byte[] offered) {
        return MessageDigest.isEqual(token, offered);
    }

    /**
     * Gets its turns from now on.
     *
     * @param chipLink that runs its programs
     * @param request to the machine
     * @return the lease that came with it, if it asked for one
     */
    Optional<Lease> open(ChipLink chipLink, SessionRequest request) {
        link = chipLink;
        return lane.tell((turns, now) -> {
            turns.open(now, request);
            lane.add(this);
            opened = true;
            connections.forEach(connection -> turns.attach(now, id));
            return request.exclusive().isPresent() ? turns.lease(now) : Optional.empty();
        });
    }

    ChipLink link() {
        return link;
    }

    /** A connection uses it. */
    void connected(Object connection) {
        if (!connections.contains(connection)) {
            lane.tell((turns, now) -> {
                if (!ended && connections.add(connection) && opened) {
                    turns.attach(now, id);
                }
                return null;
            });
        }
    }

    /** A connection is gone. */
    void disconnected(Object connection) {
        if (connections.contains(connection)) {
            lane.tell((turns, now) -> {
                if (connections.remove(connection) && opened) {
                    turns.detach(now, id);
                }
                return null;
            });
        }
    }

    /** Whether that connection uses it. */
    boolean isConnected(Object connection) {
        return connections.contains(connection);
    }

    /** Whether anybody is connected. */
    boolean isConnected() {
        return !connections.isEmpty();
    }

    @Override
    public StoredSubmission begin(SubmissionHeader header) {
        SpooledUpload fresh = store.upload(header);
        Job job = null;
        try {
            UnitRequest request = request(fresh);
            job = lane.tell((turns, now) -> {
                UnitStatus status = turns.submissions().submit(now, id, request);
                if (status.state() == UnitState.UPLOADING) {
                    turns.submissions().uploadContinued(now, id, request.id());
                }
                return jobs.computeIfAbsent(
                        request.id(), any -> new Job(id, new StoredSubmission(fresh, store.result()), status, now));
            });
            return job.stored();
        } finally {
            if (job == null || job.stored().upload() != fresh) {
                fresh.close();
            }
        }
    }

    private static UnitRequest request(SpooledUpload upload) {
        OptionalLong sequence = upload.sequence();
        if (sequence.isPresent() && sequence.getAsLong() > LARGEST_SEQUENCE) {
            throw new ProgramRejectedException(
                    MALFORMED_REQUEST,
                    "sequence number",
                    sequence.getAsLong(),
                    LARGEST_SEQUENCE,
                    "count from first_sequence");
        }
        return new UnitRequest(
                upload.id(),
                upload.identity(),
                sequence,
                upload.parts(),
                upload.options().setup());
    }

    @Override
    public void arrived(StoredSubmission submission) {
        long limitNs = submission.upload().executionLimit().toNanos();
        long predictedNs = submission.upload().predicted().toNanos();
        boolean brief = link.computes() && submission.upload().isShort();
        lane.tell(
                (turns, now) -> turns.submissions().uploaded(now, id, submission.id(), limitNs, predictedNs),
                step -> brief && step.isPartOf(submission.id()));
    }

    @Override
    public void interrupted(StoredSubmission submission) {
        whileKnown(
                submission,
                () -> lane.tell((turns, now) -> {
                    turns.submissions().uploadBroken(now, id, submission.id());
                    return null;
                }));
    }

    @Override
    public void refuse(StoredSubmission submission, ChipException why) {
        whileKnown(submission, () -> {
            boolean dropped = lane.tell((turns, now) -> {
                boolean uploading =
                        turns.submissions().status(id, submission.id()).state() == UnitState.UPLOADING;
                if (uploading) {
                    // nothing ran: the id stays free for the right words
                    turns.submissions().refuse(now, id, submission.id(), why);
                    turns.submissions().forget(now, id, submission.id());
                }
                return uploading;
            });
            if (dropped) {
                Optional.ofNullable(jobs.remove(submission.id())).ifPresent(Job::drop);
            }
        });
    }

    /** What is done on behalf of an upload has no effect once session or submission are no more. */
    private void whileKnown(StoredSubmission submission, Runnable what) {
        Job job = jobs.get(submission.id());
        if (job == null || job.stored() != submission) {
            return;
        }
        try {
            what.run();
        } catch (SessionUnknownException e) {
            // acknowledged or closed meanwhile
        }
    }

    /**
     * Asks for the end of a submission.
     *
     * @param submission which
     * @param byWhom for the reason
     * @return where it stands
     */
    SubmissionStatus cancel(UUID submission, String byWhom) {
        lane.tell((turns, now) -> turns.submissions().cancel(now, id, submission, byWhom));
        return status(submission);
    }

    @Override
    public SubmissionStatus status(UUID submission) {
        return lane.tell((turns, now) -> {
            UnitStatus status = turns.submissions().status(id, submission);
            return message(status, turns.submissions().place(id, submission));
        });
    }

    @Override
    public List<SubmissionStatus> statuses() {
        return lane.tell((turns, now) -> {
            List<SubmissionStatus> all = new ArrayList<>();
            for (UnitStatus status : turns.submissions().statuses(id)) {
                all.add(message(status, turns.submissions().place(id, status.id())));
            }
            return all;
        });
    }

    /** The message for a state, without its place in the queue. */
    SubmissionStatus.Builder message(UnitStatus status) {
        SubmissionStatus.Builder message = SubmissionStatus.newBuilder()
                .setSubmissionId(status.id().toString())
                .setState(Job.state(status.state()))
                .setEvent(status.event());
        Job job = jobs.get(status.id());
        return job == null ? message : job.stored().describe(message);
    }

    private SubmissionStatus message(UnitStatus status, Place place) {
        SubmissionStatus.Builder message = message(status);
        if (status.state() == UnitState.QUEUED) {
            message.setQueuePosition(place.before())
                    .setPredictedStartMs(TimeUnit.NANOSECONDS.toMillis(place.predictedNs()));
        }
        return message.build();
    }

    @Override
    public StoredSubmission require(UUID submission) {
        Job job = jobs.get(submission);
        if (job == null) {
            lane.tell((turns, now) -> turns.submissions().status(id, submission));
            // begun between the two looks
            job = job(submission);
        }
        return job.stored();
    }

    /** A submission that the machine knows. */
    Job job(UUID submission) {
        Job job = jobs.get(submission);
        if (job == null) {
            throw new IllegalStateException("submission " + submission + " of session " + id + " has no bytes");
        }
        return job;
    }

    @Override
    public long acknowledge(List<String> submissions) {
        if (submissions.isEmpty()) {
            return 0;
        }
        List<UUID> ids = submissions.stream().map(SpooledUpload::uuid).toList();
        List<Job> dropped = new ArrayList<>();
        lane.tell((turns, now) -> {
            for (UUID submission : ids) {
                if (turns.submissions().acknowledge(now, id, submission)) {
                    dropped.add(jobs.remove(submission));
                }
            }
            return null;
        });
        return dropped.stream().mapToLong(Job::drop).sum();
    }

    /** Ends it; what runs is asked to stop. */
    void close(String byWhom) {
        lane.tell((turns, now) -> {
            if (!ended) {
                closedBy = byWhom;
                turns.close(now, id, byWhom);
            }
            return null;
        });
    }

    /** Something happened in it; in order, under the lock of the chip. */
    void happened(TurnEvent event, List<Runnable> told) {
        log.add(event);
        event.unit().ifPresent(status -> became(status, event.atNs(), told));
        if (event.kind() == TurnEvent.Kind.ENDED) {
            ended = true;
            told.add(() -> gone.accept(this));
        }
        told.addAll(watchers);
    }

    private void became(UnitStatus status, long atNs, List<Runnable> told) {
        Job job = jobs.get(status.id());
        if (job != null) {
            job.became(status, atNs);
            if (status.state().terminal()) {
                lane.chip().counts().ended(status.state(), status.partsEnded() > 0);
                told.add(() -> job.ended(atNs));
            }
        }
    }

    /** Whether nothing happens in it any more. */
    boolean ended() {
        return ended;
    }

    /** Is called whenever something happened, and must not wait. */
    void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    /** Is called no more. */
    void unwatch(Runnable watcher) {
        watchers.remove(watcher);
    }

    /** Lets go of all that it holds but its place in the lane. */
    void dispose() {
        ChipLink chipLink = link;
        if (chipLink != null && !lane.chip().single()) {
            chipLink.close();
        }
        store.close();
    }

    /** Sets an entry of the reinit stack. */
    int setReinit(int index, PlaybackProgram program, Optional<PlaybackProgram> snapshot, boolean enforce) {
        return lane.tell((turns, now) -> {
            reinit.check(index, program, snapshot);
            int height = turns.setReinit(id, index, program, snapshot, enforce);
            reinit.set(index, program, snapshot);
            return height;
        });
    }

    /** Makes all entries of the reinit stack run before the next submission. */
    int enforceReinit() {
        return lane.tell((turns, now) -> turns.enforceReinit(id));
    }

    /** Removes the top entry of the reinit stack. */
    int popReinit(int index) {
        return lane.tell((turns, now) -> {
            int height = turns.popReinit(id, index);
            reinit.pop();
            return height;
        });
    }
}
