package firstspike.driver.remote;

import static firstspike.driver.error.ProgramRejectedException.Code.PROGRAM_TOO_LARGE;

import com.google.protobuf.ByteString;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.error.SessionUnknownException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.ReinitStack;
import firstspike.driver.link.RunListener;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.Submission;
import firstspike.driver.link.WallClock;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ProgramSource;
import firstspike.proto.chip.v1.OpenSessionRequest;
import firstspike.proto.chip.v1.OpenSessionResponse;
import firstspike.proto.chip.v1.PpuPolicy;
import firstspike.proto.chip.v1.RestoreRequest;
import firstspike.proto.chip.v1.SnapshotRequest;
import firstspike.proto.chip.v1.SubmissionHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A chip behind a gRPC server: one session, closed with the link (playback.md 14). A broken connection is mended within
 * the link patience, and the program that was running is asked for again under the same id, so that it is executed once;
 * a server that does not know the session any more is told to the caller as {@link SessionUnknownException}.
 *
 * <p>One owner thread. What was submitted runs before whatever is called later.
 */
public final class RemoteLink implements ChipLink {

    /** How long a call may wait for its turn on the chip. */
    static final Duration LONGEST_CALL = Duration.ofHours(24);

    /** Programs of one list (playback.md 14.3). */
    private static final int MOST_PARTS = 1024;

    private final RemoteSession session;
    private final ChipDescription description;
    private final int chunkInstructions;
    private final RemoteReinit reinit;
    private RemoteSubmissions submissions;

    private RemoteLink(RemoteSession session, ChipDescription description, int chunkInstructions) {
        this.session = session;
        this.description = description;
        this.chunkInstructions = chunkInstructions;
        reinit = new RemoteReinit(session, chunkInstructions);
    }

    /**
     * Opens a session.
     *
     * @param connector to the server
     * @param uri that the user wrote, for descriptions and messages
     * @param chip which chip of the server
     * @param options of the link
     * @param clock by which it waits
     * @param chunkInstructions instructions of one upload chunk, 1 to 65536; changes no result
     * @return the link
     */
    static RemoteLink open(
            Connector connector, String uri, ChipId chip, LinkOptions options, WallClock clock, int chunkInstructions) {
        OpenSessionRequest.Builder request = OpenSessionRequest.newBuilder()
                .setProtocolVersion(WireTargets.PROTOCOL)
                .setChipId(chip.value())
                .setUser(connector.user())
                .setFirstProgramOrdinal(options.firstProgramOrdinal());
        options.shared().ifPresent(request::setShared);
        options.ppu()
                .ifPresent(policy -> request.setPpu(
                        switch (policy) {
                            case RUN -> PpuPolicy.PPU_POLICY_RUN;
                            case REFUSE -> PpuPolicy.PPU_POLICY_REFUSE;
                            case IGNORE -> PpuPolicy.PPU_POLICY_IGNORE;
                        }));
        return connector.connect(options.connectPatience(), connection -> {
            Duration limit = options.connectPatience().compareTo(Connection.CALL_LIMIT) < 0
                    ? options.connectPatience()
                    : Connection.CALL_LIMIT;
            OpenSessionResponse answer = connection.blocking(limit).openSession(request.build());
            ChipDescription description = WireTargets.decode(answer.getTarget(), uri);
            ByteString token = answer.getResumeToken();
            RemoteSession session = new RemoteSession(connection, uri, answer.getSessionId(), token, options, clock);
            return new RemoteLink(session, description, chunkInstructions);
        });
    }

    @Override
    public ChipDescription describe() {
        return description;
    }

    @Override
    public RunResult run(PlaybackProgram program, RunOptions options) {
        return run(List.of(program), options).get(0);
    }

    @Override
    public List<RunResult> run(List<PlaybackProgram> programs, RunOptions options) {
        if (programs.isEmpty()) {
            return List.of();
        }
        if (programs.size() > MOST_PARTS) {
            throw new ProgramRejectedException(
                    PROGRAM_TOO_LARGE, "programs of a list", programs.size(), MOST_PARTS, "run several lists");
        }
        RemoteRun run = prepare(programs, options, UUID.randomUUID());
        inOrder();
        return run.execute();
    }

    private RemoteRun prepare(List<PlaybackProgram> programs, RunOptions options, UUID id) {
        List<CollectedPart> collected = new ArrayList<>(programs.size());
        programs.forEach(program -> collected.add(new CollectedPart(program.notes())));
        List<UploadPart> parts = programs.stream().map(UploadPart::of).toList();
        return new RemoteRun(session, programs, collected, transfer(parts, collected, options, id));
    }

    private Transfer transfer(List<UploadPart> parts, List<? extends PartSink> sinks, RunOptions options, UUID id) {
        SubmissionHeader.Builder header = SubmissionHeader.newBuilder()
                .setSessionId(session.id())
                .setSubmissionId(id.toString())
                .setSetup(options.setup())
                .setAllowStreaming(options.allowStreaming())
                .setFailOnLoss(options.failOnLoss());
        options.executionLimit().ifPresent(limit -> header.setExecutionLimitMs(Math.max(1, limit.toMillis())));
        Deadline deadline =
                Deadline.of(id, options, session.clock(), session.clock().nanoTime());
        return new Transfer(session, header, parts, new ResultDecoder(description, sinks), deadline, chunkInstructions);
    }

    @Override
    public Submission submit(PlaybackProgram program, RunOptions options) {
        if (submissions == null) {
            submissions = new RemoteSubmissions(session);
        }
        return submissions.add(prepare(List.of(program), options, UUID.randomUUID()));
    }

    /**
     * Runs a program of any length in constant memory on this side: words are made while they are sent, and parts of the
     * result are handed on while they arrive; a listener that is slow holds the stream back. The hash of the words stands in
     * front of them, so they are made once more before.
     *
     * @param source of the instruction words; gives the same words each time
     * @param options of this run; without {@link RunOptions#allowStreaming} the program must fit the playback memory
     * @param listener called on the calling thread
     */
    @Override
    public void stream(ProgramSource source, RunOptions options, RunListener listener) {
        StreamedPart part = new StreamedPart(listener);
        Transfer transfer = transfer(List.of(UploadPart.of(source)), List.of(part), options, UUID.randomUUID());
        inOrder();
        try {
            transfer.execute();
        } catch (Transfer.Ended ended) {
            session.receipts().arrived(transfer.id());
            throw transfer.error(ended, null);
        }
        session.receipts().arrived(transfer.id());
        transfer.checkResponses();
        part.finish(session.takeChanges());
    }

    @Override
    public ReinitStack reinit() {
        return reinit;
    }

    @Override
    public String snapshot() {
        inOrder();
        SnapshotRequest request =
                SnapshotRequest.newBuilder().setSessionId(session.id()).build();
        return session.call(LONGEST_CALL, Deadline.never(session.clock()), stub -> stub.snapshot(request))
                .getSnapshotId();
    }

    @Override
    public void restore(String snapshot) {
        inOrder();
        RestoreRequest request = RestoreRequest.newBuilder()
                .setSessionId(session.id())
                .setSnapshotId(snapshot)
                .build();
        session.call(LONGEST_CALL, Deadline.never(session.clock()), stub -> stub.restore(request));
    }

    /** Waits until everything that was submitted has ended. */
    private void inOrder() {
        if (submissions != null) {
            submissions.awaitAll();
        }
    }

    @Override
    public void close() {
        if (submissions != null) {
            submissions.close();
        }
        session.close();
    }
}
