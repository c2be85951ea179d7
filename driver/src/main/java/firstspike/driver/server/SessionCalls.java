package firstspike.driver.server;

import static firstspike.driver.error.ProgramRejectedException.Code.MALFORMED_REQUEST;
import static firstspike.driver.error.UnsupportedOnTargetException.Code.PROTOCOL_VERSION;

import com.google.protobuf.ByteString;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.PpuPolicy;
import firstspike.driver.link.PrintableName;
import firstspike.driver.remote.WireTargets;
import firstspike.driver.server.access.Caller;
import firstspike.driver.server.turn.Lease;
import firstspike.driver.server.turn.SessionRequest;
import firstspike.proto.chip.v1.OpenSessionRequest;
import firstspike.proto.chip.v1.OpenSessionResponse;
import firstspike.proto.chip.v1.ProtocolVersion;
import java.util.Optional;
import java.util.UUID;

/** Opens sessions (playback.md 14.1, 14.2). Any thread. */
final class SessionCalls {

    private static final long LARGEST_SEQUENCE = 1L << 62;

    private final ChipSource source;
    private final Sessions sessions;
    private final TargetMessages targets;
    private final LinkOptions links;

    /**
     * @param links patience and threads of the links that are opened
     */
    SessionCalls(ChipSource source, Sessions sessions, TargetMessages targets, LinkOptions links) {
        this.source = source;
        this.sessions = sessions;
        this.targets = targets;
        this.links = links;
    }

    /** A request that was found to be in order, and the session that is to be opened for it. */
    record Opening(Session session, LinkOptions links, SessionRequest request) {}

    /**
     * Checks a request; never waits.
     *
     * @param request of a client
     * @param connection that it came on
     * @return what is to be {@linkplain #open opened}
     */
    Opening begin(OpenSessionRequest request, Object connection) {
        checkVersion(request.getProtocolVersion());
        LinkOptions options = options(request);
        Caller owner = Caller.current().named(request.getUser());
        Optional<SessionRequest.Exclusive> exclusive = exclusive(request);
        if (request.getFirstSequence() < 0 || request.getFirstSequence() > LARGEST_SEQUENCE) {
            throw new ProgramRejectedException(
                    MALFORMED_REQUEST,
                    "first sequence",
                    Long.toUnsignedString(request.getFirstSequence()),
                    LARGEST_SEQUENCE,
                    "begin with 0");
        }
        ServedChip chip = sessions.chip(request.getChipId());
        Optional<String> shared = request.hasShared() ? Optional.of(request.getShared()) : Optional.empty();
        Session session = sessions.create(owner, connection, chip, shared);
        session.connected(connection);
        return new Opening(
                session,
                options,
                new SessionRequest(
                        session.id(), owner.user(), request.getNoWait(), exclusive, request.getFirstSequence()));
    }

    /** Opens the link of a session, which may take its time, and gives it its turns. */
    OpenSessionResponse open(Opening opening) {
        Session session = opening.session();
        Lane lane = session.lane();
        try {
            ChipLink link = lane.chip().single()
                    ? lane.link(() -> source.open(lane.chip().id(), links))
                    : source.open(lane.chip().id(), opening.links());
            Optional<Lease> lease = session.open(link, opening.request());
            sessions.opened(session);
            OpenSessionResponse.Builder answer = OpenSessionResponse.newBuilder()
                    .setSessionId(session.id())
                    .setResumeToken(ByteString.copyFrom(session.token()))
                    .setTarget(targets.limited(link.describe()))
                    .setProtocolVersion(WireTargets.PROTOCOL);
            lease.ifPresent(taken -> answer.setLease(targets.lease(lane.chip(), taken)));
            return answer.build();
        } catch (ChipException e) {
            sessions.failed(session, e.getMessage());
            throw e;
        } catch (RuntimeException | Error e) {
            sessions.failed(session, "bug");
            throw e;
        }
    }

    private static Optional<SessionRequest.Exclusive> exclusive(OpenSessionRequest request) {
        if (!request.getExclusive()) {
            if (request.hasTtlMs()) {
                throw new ProgramRejectedException(
                        MALFORMED_REQUEST,
                        "ttl of the session's lease",
                        request.getTtlMs() + " ms",
                        "exclusive sessions",
                        "leave it out");
            }
            return Optional.empty();
        }
        long ttlNs = LeaseCalls.ttlNs(request.hasTtlMs(), request.getTtlMs());
        return Optional.of(new SessionRequest.Exclusive(UUID.randomUUID().toString(), ttlNs));
    }

    private LinkOptions options(OpenSessionRequest request) {
        if (request.getFirstProgramOrdinal() < 0) {
            throw new ProgramRejectedException(
                    MALFORMED_REQUEST,
                    "first program ordinal",
                    Long.toUnsignedString(request.getFirstProgramOrdinal()),
                    "2^63 - 1",
                    "choose a smaller one");
        }
        Answers.requireName("name of the user", request.getUser(), Answers.LONGEST_NAME);
        Answers.requireName("name of the shared chip", request.getShared(), PrintableName.LONGEST_SHARED);
        LinkOptions options = links.withFirstProgramOrdinal(request.getFirstProgramOrdinal());
        if (request.hasShared()) {
            options = options.withShared(request.getShared());
        }
        return switch (request.getPpu()) {
            case PPU_POLICY_UNSPECIFIED -> options;
            case PPU_POLICY_RUN -> options.withPpu(PpuPolicy.RUN);
            case PPU_POLICY_REFUSE -> options.withPpu(PpuPolicy.REFUSE);
            case PPU_POLICY_IGNORE -> options.withPpu(PpuPolicy.IGNORE);
            case UNRECOGNIZED ->
                throw new ProgramRejectedException(
                        MALFORMED_REQUEST, "ppu policy", request.getPpuValue(), "0 to 3", "update the server");
        };
    }

    /** Refuses a client of another generation. */
    static void checkVersion(ProtocolVersion client) {
        ProtocolVersion server = WireTargets.PROTOCOL;
        if (client.getMajor() != server.getMajor()) {
            throw new UnsupportedOnTargetException(
                    PROTOCOL_VERSION,
                    ErrorDetail.of(
                                    "protocol version of the client",
                                    text(client),
                                    server.getMajor() + ".x",
                                    "use a client and a server of the same generation")
                            .with(ErrorDetail.REASON, "VERSION")
                            .with("server", text(server))
                            .with("client", text(client)),
                    null);
        }
    }

    private static String text(ProtocolVersion version) {
        return Integer.toUnsignedString(version.getMajor()) + "." + Integer.toUnsignedString(version.getMinor());
    }
}
