package firstspike.driver.service;

import com.google.protobuf.ByteString;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipException;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.ErrorDetail;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.MalformedRequestException;
import firstspike.driver.link.PpuPolicy;
import firstspike.driver.link.ProtocolVersionException;
import firstspike.driver.link.UnsupportedOnTargetException;
import firstspike.driver.link.WireErrors;
import firstspike.driver.link.WireTargets;
import firstspike.proto.chip.v1.AcknowledgeRequest;
import firstspike.proto.chip.v1.AcknowledgeResponse;
import firstspike.proto.chip.v1.CancelRequest;
import firstspike.proto.chip.v1.ChipServiceGrpc;
import firstspike.proto.chip.v1.CloseSessionRequest;
import firstspike.proto.chip.v1.CloseSessionResponse;
import firstspike.proto.chip.v1.ListTargetsRequest;
import firstspike.proto.chip.v1.ListTargetsResponse;
import firstspike.proto.chip.v1.OpenSessionRequest;
import firstspike.proto.chip.v1.OpenSessionResponse;
import firstspike.proto.chip.v1.ProtocolVersion;
import firstspike.proto.chip.v1.ResultChunk;
import firstspike.proto.chip.v1.SubmissionState;
import firstspike.proto.chip.v1.SubmissionStatus;
import firstspike.proto.chip.v1.Target;
import firstspike.proto.chip.v1.UploadMessage;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls of the service that are served (playback.md 14.1). Runs on event loops, so nothing here waits. */
final class ChipService extends ChipServiceGrpc.ChipServiceImplBase {

    private static final Logger LOG = LoggerFactory.getLogger(ChipService.class);
    private static final int LONGEST_NAME = 128;
    private static final int TOKEN_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final ChipSource source;
    private final Sessions sessions;
    private final ServerLimits limits;
    private final Totals totals;
    private final LinkOptions links;
    private final Executor slow;

    /**
     * @param links patience and threads of the links that are opened
     * @param slow takes what may wait for the source
     */
    ChipService(
            ChipSource source,
            Sessions sessions,
            ServerLimits limits,
            Totals totals,
            LinkOptions links,
            Executor slow) {
        this.source = source;
        this.sessions = sessions;
        this.limits = limits;
        this.totals = totals;
        this.links = links;
        this.slow = slow;
    }

    @Override
    public void listTargets(ListTargetsRequest request, StreamObserver<ListTargetsResponse> observer) {
        slow.execute(() -> answer(observer, () -> {
            if (request.hasProtocolVersion()) {
                checkVersion(request.getProtocolVersion());
            }
            ListTargetsResponse.Builder answer =
                    ListTargetsResponse.newBuilder().setProtocolVersion(WireTargets.PROTOCOL);
            source.chips().forEach(chip -> answer.addTargets(target(chip)));
            return answer.build();
        }));
    }

    @Override
    public void openSession(OpenSessionRequest request, StreamObserver<OpenSessionResponse> observer) {
        Object connection = CallGate.CONNECTION.get();
        Session session;
        LinkOptions options;
        try {
            checkVersion(request.getProtocolVersion());
            options = options(request);
            session = sessions.create();
        } catch (ChipException e) {
            refuse(observer, e);
            return;
        }
        session.callBegins(connection);
        session.onWorker(() -> {
            answer(observer, () -> open(session, request, options));
            session.callEnds();
        });
    }

    private OpenSessionResponse open(Session session, OpenSessionRequest request, LinkOptions options) {
        try {
            ChipLink link = source.open(chip(request.getChipId()), options);
            session.opened(link);
            totals.sessionOpened();
            LOG.info(
                    "session {} opened by {} on {}",
                    session.id(),
                    request.getUser().replaceAll("\\p{Cntrl}", "?"),
                    link.describe().chipId());
            byte[] token = new byte[TOKEN_BYTES];
            random.nextBytes(token);
            return OpenSessionResponse.newBuilder()
                    .setSessionId(session.id())
                    .setResumeToken(ByteString.copyFrom(token))
                    .setTarget(target(link.describe()))
                    .setProtocolVersion(WireTargets.PROTOCOL)
                    .build();
        } catch (RuntimeException e) {
            sessions.close(session, "failed opening");
            throw e;
        }
    }

    private ChipId chip(String wanted) {
        List<ChipId> ids = source.chips().stream().map(ChipDescription::chipId).toList();
        String known = ids.stream().map(ChipId::value).collect(Collectors.joining(", "));
        if (wanted.isEmpty()) {
            if (ids.size() != 1) {
                throw new MalformedRequestException("chip of the session", "not named", known, "name one of them");
            }
            return ids.get(0);
        }
        return ids.stream()
                .filter(id -> id.value().equals(wanted))
                .findFirst()
                .orElseThrow(() ->
                        new MalformedRequestException("chip of the session", clip(wanted), known, "name one of them"));
    }

    private LinkOptions options(OpenSessionRequest request) {
        if (request.getExclusive() || request.hasTtlMs()) {
            throw new UnsupportedOnTargetException("exclusive session", "asked for", "not served", "leave it out");
        }
        if (request.getFirstSequence() != 0) {
            throw new UnsupportedOnTargetException(
                    "first sequence", Long.toUnsignedString(request.getFirstSequence()), 0, "leave it out");
        }
        if (request.getFirstProgramOrdinal() < 0) {
            throw new MalformedRequestException(
                    "first program ordinal",
                    Long.toUnsignedString(request.getFirstProgramOrdinal()),
                    "2^63 - 1",
                    "choose a smaller one");
        }
        if (request.getUser().length() > LONGEST_NAME || request.getShared().length() > LONGEST_NAME) {
            throw new MalformedRequestException(
                    "name of user or shared chip", "too long", LONGEST_NAME + " characters", "shorten it");
        }
        LinkOptions options = links.withFirstProgramOrdinal(request.getFirstProgramOrdinal());
        if (request.hasShared()) {
            options = options.withShared(request.getShared());
        }
        return switch (request.getPpu()) {
            case PPU_POLICY_UNSPECIFIED -> options;
            case PPU_POLICY_REFUSE -> options.withPpu(PpuPolicy.REFUSE);
            case PPU_POLICY_IGNORE -> options.withPpu(PpuPolicy.IGNORE);
            case UNRECOGNIZED ->
                throw new MalformedRequestException("ppu policy", request.getPpuValue(), "0 to 2", "update the server");
        };
    }

    @Override
    public void closeSession(CloseSessionRequest request, StreamObserver<CloseSessionResponse> observer) {
        answer(observer, () -> {
            sessions.close(request.getSessionId());
            return CloseSessionResponse.getDefaultInstance();
        });
    }

    @Override
    public StreamObserver<UploadMessage> execute(StreamObserver<ResultChunk> observer) {
        return new ExecuteCall(
                (ServerCallStreamObserver<ResultChunk>) observer, sessions, limits, totals, CallGate.CONNECTION.get());
    }

    @Override
    public void cancel(CancelRequest request, StreamObserver<SubmissionStatus> observer) {
        inSession(request.getSessionId(), observer, session -> {
            UUID id = Upload.uuid(request.getSubmissionId());
            return session.job(id)
                    .map(job -> {
                        job.cancel("client");
                        return job.status();
                    })
                    .orElseGet(() -> SubmissionStatus.newBuilder()
                            .setSubmissionId(id.toString())
                            .setState(SubmissionState.SUBMISSION_STATE_DONE)
                            .build());
        });
    }

    @Override
    public void acknowledge(AcknowledgeRequest request, StreamObserver<AcknowledgeResponse> observer) {
        inSession(request.getSessionId(), observer, session -> {
            Upload.checkAcknowledged(request.getSubmissionIdsCount());
            return AcknowledgeResponse.newBuilder()
                    .setFreedBytes(session.acknowledge(request.getSubmissionIdsList()))
                    .build();
        });
    }

    private <T> void inSession(String id, StreamObserver<T> observer, Function<Session, T> work) {
        Object connection = CallGate.CONNECTION.get();
        answer(observer, () -> {
            Session session = sessions.require(id);
            session.callBegins(connection);
            try {
                return work.apply(session);
            } finally {
                session.callEnds();
            }
        });
    }

    private <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
        T message;
        try {
            message = work.get();
        } catch (ChipException e) {
            refuse(observer, e);
            return;
        } catch (RuntimeException e) {
            refuse(observer, Incidents.record(e));
            return;
        }
        observer.onNext(message);
        observer.onCompleted();
    }

    private void refuse(StreamObserver<?> observer, ChipException why) {
        totals.callRefused();
        observer.onError(WireErrors.status(why));
    }

    private Target target(ChipDescription chip) {
        return WireTargets.encode(chip).setLimits(limits.message()).build();
    }

    private static void checkVersion(ProtocolVersion client) {
        ProtocolVersion server = WireTargets.PROTOCOL;
        if (client.getMajor() != server.getMajor()) {
            throw new ProtocolVersionException(
                    ErrorDetail.of(
                                    "protocol version of the client",
                                    text(client),
                                    server.getMajor() + ".x",
                                    "use a client and a server of the same generation")
                            .with(WireErrors.REASON, "VERSION")
                            .with("server", text(server))
                            .with("client", text(client)),
                    null);
        }
    }

    private static String text(ProtocolVersion version) {
        return Integer.toUnsignedString(version.getMajor()) + "." + Integer.toUnsignedString(version.getMinor());
    }

    private static String clip(String text) {
        return text.length() > LONGEST_NAME ? text.length() + " characters" : text;
    }
}
