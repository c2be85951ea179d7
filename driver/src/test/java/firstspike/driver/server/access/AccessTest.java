package firstspike.driver.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import firstspike.driver.credential.CredentialException;
import firstspike.driver.credential.TestAuthority;
import firstspike.driver.credential.TlsFiles;
import firstspike.driver.error.AccessDeniedException;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.TargetUnavailableException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.NoLeaks;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.ScriptedLink;
import firstspike.driver.link.ScriptedSource;
import firstspike.driver.link.TargetUri;
import firstspike.driver.link.TestClock;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.remote.CuttingProxy;
import firstspike.driver.remote.GrpcProvider;
import firstspike.driver.remote.RemoteServer;
import firstspike.driver.remote.WireTargets;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.ServerOptions;
import firstspike.driver.server.access.AuditEvent.Kind;
import firstspike.proto.chip.v1.AcquireLeaseRequest;
import firstspike.proto.chip.v1.CancelRequest;
import firstspike.proto.chip.v1.ChipServiceGrpc;
import firstspike.proto.chip.v1.ChipServiceGrpc.ChipServiceBlockingStub;
import firstspike.proto.chip.v1.CloseSessionRequest;
import firstspike.proto.chip.v1.ListSubmissionsRequest;
import firstspike.proto.chip.v1.ListTargetsRequest;
import firstspike.proto.chip.v1.OpenSessionRequest;
import firstspike.proto.chip.v1.ReleaseLeaseRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets in and who does not, over real sockets. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class AccessTest {

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private final TestClock clock = TestClock.stopped();
    private final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Path tokens;
    private int made;

    @BeforeEach
    void name() {
        tokens = folder.resolve("tokens");
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    // tokens

    @Test
    void aTokenOpensASession() throws IOException {
        Path token = token("ada", Role.USER, Optional.empty());
        ChipServer server = serve(access().withTokens(tokens));

        ChipLink link = open(grpc(server, "token_file=" + token));
        link.run(PlaybackProgram.builder().write(0x10, 1).done(), RunOptions.defaults());

        assertThat(server.openSessions()).isEqualTo(1);
        assertThat(refusals()).isEmpty();
    }

    @Test
    void withoutATokenOrWithAWrongOneNothingIsAnswered() throws IOException {
        token("ada", Role.USER, Optional.empty());
        ChipServer server = serve(access().withTokens(tokens));
        Path wrong = write("wrong", "0".repeat(64) + "\n");

        AccessDeniedException none = refused(grpc(server, "chip=x"));
        AccessDeniedException unknown = refused(grpc(server, "token_file=" + wrong));

        assertThat(none).hasMessageContaining("token of the call: none");
        assertThat(unknown).hasMessageContaining("unknown here");
        assertThat(Status.fromThrowable(unknown.getCause()).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(refusals()).hasSize(2).allSatisfy(event -> {
            assertThat(event.reason()).startsWith("ListTargets: ").doesNotContain("000");
            assertThat(event.caller().peer()).startsWith("127.0.0.1:");
        });
        assertThat(server.totals().refusedCalls()).isEqualTo(2);
    }

    @Test
    void aLiveLinkIsLetInAgainWhenItsTokenWasRenewed() throws IOException {
        Path token = token("ada", Role.USER, Optional.of(now().plus(DAY)));
        ChipServer server = serve(access().withTokens(tokens));
        CuttingProxy proxy = new CuttingProxy(server.port(), () -> Long.MAX_VALUE);
        open.add(proxy);
        ChipLink link = open("grpc://127.0.0.1:" + proxy.port() + "?token_file=" + token);
        PlaybackProgram program = PlaybackProgram.builder().write(0x10, 1).done();
        link.run(program, RunOptions.defaults());

        clock.advance(DAY);
        proxy.down();
        proxy.up();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> link.run(program, RunOptions.defaults()))
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("token of ada: expired");
        }
        write(token.getFileName().toString(), NewToken.append(tokens, "ada", Role.USER, Optional.empty()) + "\n");

        link.run(program, RunOptions.defaults());
        assertThat(server.openSessions()).isEqualTo(1);
    }

    @Test
    void anExpiredTokenStaysExpiredWhenTheClockIsSetBack() throws IOException {
        Path token = token("ada", Role.USER, Optional.of(now().plus(DAY)));
        ChipServer server = serve(access().withTokens(tokens));
        String uri = grpc(server, "token_file=" + token);
        assertThat(chips(uri)).hasSize(1);

        clock.advance(DAY);
        assertThat(refused(uri)).hasMessageContaining("token of ada: expired");

        clock.jumpEpoch(DAY.multipliedBy(-30));
        assertThat(refused(uri)).hasMessageContaining("token of ada: expired");
    }

    @Test
    void aClockSetForwardByMistakeLocksNobodyOutForGood() throws IOException {
        Path token = token("ada", Role.USER, Optional.of(now().plus(DAY)));
        ChipServer server = serve(access().withTokens(tokens));
        String uri = grpc(server, "token_file=" + token);

        clock.jumpEpoch(DAY.multipliedBy(2));
        assertThat(refused(uri)).hasMessageContaining("expired");

        clock.jumpEpoch(DAY.multipliedBy(-2));
        assertThat(chips(uri)).hasSize(1);
    }

    @Test
    void aChangedFileIsInForceAtTheNextCallAndABrokenOneNever() throws IOException {
        Path ada = token("ada", Role.USER, Optional.empty());
        ChipServer server = serve(access().withTokens(tokens));
        String asAda = grpc(server, "token_file=" + ada);
        ChipSource connected = source(asAda);
        assertThat(connected.chips()).hasSize(1);

        Path bob = token("bob", Role.USER, Optional.empty());
        assertThat(chips(grpc(server, "token_file=" + bob))).hasSize(1);
        assertThat(events(Kind.RELOADED)).hasSize(1);

        String good = Files.readString(tokens);
        Files.writeString(tokens, good + "carl user\n");
        assertThat(chips(asAda)).hasSize(1);
        assertThat(chips(asAda)).hasSize(1);
        assertThat(events(Kind.RELOADED)).hasSize(2).last().satisfies(event -> assertThat(event.reason())
                .contains("old content stays in force", "line 3"));

        Files.writeString(tokens, good.lines().skip(1).findFirst().orElseThrow() + "\n");
        assertThat(refused(asAda)).hasMessageContaining("unknown here");
        assertThat(events(Kind.RELOADED)).hasSize(3);
    }

    @Test
    void aTokenOfTheClientIsReadAgainToo() throws IOException {
        Path ada = token("ada", Role.USER, Optional.of(now().plus(DAY)));
        Path next = token("ada", Role.USER, Optional.empty());
        ChipServer server = serve(access().withTokens(tokens));
        RemoteServer client = RemoteServer.of(grpc(server, "token_file=" + ada), Duration.ofSeconds(10));
        assertThat(client.report().chips()).hasSize(1);
        clock.advance(DAY);
        assertThatThrownBy(client::report).isInstanceOf(AccessDeniedException.class);

        Files.copy(next, ada, StandardCopyOption.REPLACE_EXISTING);

        assertThat(client.report().chips()).hasSize(1);
    }

    @Test
    void whatBelongsToOthersIsUnknownAndAnOperatorMayEndIt() throws IOException {
        Path ada = token("ada", Role.USER, Optional.empty());
        Path bob = token("bob", Role.USER, Optional.empty());
        Path operator = token("op", Role.OPERATOR, Optional.empty());
        ChipServer server = serve(access().withTokens(tokens));
        ChipServiceBlockingStub asAda = calls(server, ada);
        ChipServiceBlockingStub asBob = calls(server, bob);
        ChipServiceBlockingStub asOperator = calls(server, operator);
        String session = asAda.openSession(opening("ada")).getSessionId();
        String chip = server.chips().get(0).chipId().value();
        String lease = asAda.acquireLease(
                        AcquireLeaseRequest.newBuilder().setChipId(chip).build())
                .getLease()
                .getLeaseId();
        CancelRequest cancel = CancelRequest.newBuilder()
                .setSessionId(session)
                .setSubmissionId(UUID.randomUUID().toString())
                .build();
        ReleaseLeaseRequest release =
                ReleaseLeaseRequest.newBuilder().setLeaseId(lease).build();

        denied(Status.Code.PERMISSION_DENIED, () -> asBob.openSession(opening("ada")));
        denied(
                Status.Code.NOT_FOUND,
                () -> asBob.listSubmissions(ListSubmissionsRequest.newBuilder()
                        .setSessionId(session)
                        .build()));
        denied(Status.Code.NOT_FOUND, () -> asBob.cancel(cancel));
        denied(Status.Code.NOT_FOUND, () -> asBob.releaseLease(release));
        denied(
                Status.Code.UNAVAILABLE,
                () -> asBob.acquireLease(
                        AcquireLeaseRequest.newBuilder().setChipId(chip).build()));
        denied(
                Status.Code.NOT_FOUND,
                () -> asOperator.listSubmissions(ListSubmissionsRequest.newBuilder()
                        .setSessionId(session)
                        .build()));
        asBob.closeSession(
                CloseSessionRequest.newBuilder().setSessionId(session).build());
        assertThat(server.openSessions()).isEqualTo(1);
        assertThat(refusals())
                .hasSize(6)
                .allSatisfy(event -> assertThat(event.caller().user()).isIn("bob", "op"));

        // the session is known to an operator, only there is no such submission in it
        assertThatThrownBy(() -> asOperator.cancel(cancel))
                .hasMessageContaining("submission " + cancel.getSubmissionId());
        asOperator.releaseLease(release);

        assertThat(events(Kind.LEASE_TAKEN)).singleElement().satisfies(event -> {
            assertThat(event.caller().user()).isEqualTo("ada");
            assertThat(event.chip()).isEqualTo(chip);
        });
        assertThat(events(Kind.LEASE_RELEASED)).singleElement().satisfies(event -> {
            assertThat(event.caller().user()).isEqualTo("op");
            assertThat(event.reason()).endsWith("of ada");
        });
        asAda.closeSession(
                CloseSessionRequest.newBuilder().setSessionId(session).build());
        assertThat(events(Kind.SESSION_OPENED)).singleElement().satisfies(event -> {
            assertThat(event.caller().user()).isEqualTo("ada");
            assertThat(event.caller().peer()).startsWith("127.0.0.1:");
            assertThat(event.session()).isEqualTo(session);
        });
    }

    @Test
    void theHealthServiceAsksForNoToken() throws IOException {
        token("ada", Role.USER, Optional.empty());
        ChipServer server = serve(access().withTokens(tokens));
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
        open.add(channel::shutdownNow);

        assertThat(HealthGrpc.newBlockingStub(channel)
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void aServerDoesNotStartWithTokensThatOthersCanRead() throws IOException {
        token("ada", Role.USER, Optional.empty());
        Files.setPosixFilePermissions(tokens, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> serve(access().withTokens(tokens)))
                .isInstanceOf(CredentialException.class)
                .hasMessageContaining("0600");
    }

    // certificates

    @Test
    void tlsWithAKnownAuthority() throws IOException {
        TestAuthority lab = new TestAuthority(folder, "lab");
        ChipServer server = serve(access().withTls(lab.server("127.0.0.1")));

        ChipLink link = open(grpcs(server, "ca_file=" + lab.certificate()));
        link.run(PlaybackProgram.builder().write(0x10, 1).done(), RunOptions.defaults());

        assertThat(server.openSessions()).isEqualTo(1);
    }

    @Test
    void aServerOfAnUnknownAuthorityIsRefusedByTheClientAtOnce() throws IOException {
        TestAuthority lab = new TestAuthority(folder, "lab");
        TestAuthority other = new TestAuthority(folder, "other");
        ChipServer server = serve(access().withTls(lab.server("127.0.0.1")));

        assertThat(refused(grpcs(server, "ca_file=" + other.certificate())))
                .hasMessageContaining("refused")
                .hasMessageContaining("ca_file");
        awaitRefusals(1);
        assertThat(refused(grpcs(server, "chip=x"))).hasMessageContaining("refused");
        awaitRefusals(2);
    }

    @Test
    void aServerUnderAnotherNameIsRefusedByTheClient() throws IOException {
        TestAuthority lab = new TestAuthority(folder, "lab");
        TlsFiles wrongName = lab.client("server");
        ChipServer server =
                serve(access().withTls(new TlsFiles(wrongName.certificate(), wrongName.key(), Optional.empty())));

        assertThat(refused(grpcs(server, "ca_file=" + lab.certificate()))).hasMessageContaining("refused");
    }

    @Test
    void aCertificateNamesItsUser() throws IOException {
        TestAuthority lab = new TestAuthority(folder, "lab");
        ChipServer server = serve(access().withTls(mutual(lab, lab)));

        open(grpcs(server, "ca_file=" + lab.certificate() + "&" + shown(lab.client("ada"))));

        assertThat(server.openSessions()).isEqualTo(1);
        assertThat(refusals()).isEmpty();
    }

    @Test
    void noOrExpiredOrForeignCertificatesAreRefusedOnceAndWrittenDown() throws IOException {
        TestAuthority lab = new TestAuthority(folder, "lab");
        TestAuthority other = new TestAuthority(folder, "other");
        ChipServer server = serve(access().withTls(mutual(lab, lab)));
        String trusting = "ca_file=" + lab.certificate();

        assertThat(refused(grpcs(server, trusting))).hasMessageContaining("refused");
        awaitRefusals(1);
        assertThat(refused(grpcs(server, trusting + "&" + shown(lab.expired("ada")))))
                .hasMessageContaining("refused");
        awaitRefusals(2);
        assertThat(refused(grpcs(server, trusting + "&" + shown(other.client("eve")))))
                .hasMessageContaining("refused");
        awaitRefusals(3);
        assertThat(refusals()).allSatisfy(event -> {
            assertThat(event.reason()).startsWith("TLS: ");
            assertThat(event.caller().peer()).startsWith("127.0.0.1:");
        });
        assertThat(server.openSessions()).isZero();
    }

    @Test
    void aCertificateThatEndsWhileItsConnectionLivesIsWorthNothingAfterwards() throws IOException {
        TestAuthority lab = new TestAuthority(folder, "lab");
        ChipServer server = serve(access().withTls(mutual(lab, lab)));
        ChipLink link = open(grpcs(server, "ca_file=" + lab.certificate() + "&" + shown(lab.client("ada"))));

        clock.jumpEpoch(DAY.multipliedBy(36500));

        PlaybackProgram program = PlaybackProgram.builder().write(0x10, 1).done();
        assertThatThrownBy(() -> link.run(program, RunOptions.defaults()))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("certificate of the client: expired");
    }

    @Test
    void changedCertificatesAreInForceForTheNextConnection() throws IOException {
        TestAuthority old = new TestAuthority(folder, "old");
        TestAuthority next = new TestAuthority(folder, "next");
        ChipServer server = serve(access().withTls(old.server("127.0.0.1")));
        String trustingNext = grpcs(server, "ca_file=" + next.certificate());
        assertThat(refused(trustingNext)).hasMessageContaining("refused");

        TlsFiles files = next.server("127.0.0.1");

        assertThat(chips(trustingNext)).hasSize(1);
        assertThat(events(Kind.RELOADED)).hasSize(1);

        Files.writeString(files.key().orElseThrow(), "no key");
        assertThat(chips(trustingNext)).hasSize(1);
        assertThat(events(Kind.RELOADED)).hasSize(2).last().satisfies(event -> assertThat(event.reason())
                .contains("old content stays in force", "no private key"));
    }

    @Test
    void aKeyOfAnotherCertificateIsNoticedAtTheStart() {
        TestAuthority lab = new TestAuthority(folder, "lab");
        TlsFiles one = lab.server("127.0.0.1");
        TlsFiles two = lab.client("ada");

        assertThatThrownBy(() -> serve(access().withTls(new TlsFiles(one.certificate(), two.key(), Optional.empty()))))
                .isInstanceOf(CredentialException.class)
                .hasMessageContaining("is not the key of the certificate");
    }

    // plain text

    @Test
    void plainTextAgainstTlsIsRefusedOnceAndSaysSo() throws IOException {
        TestAuthority lab = new TestAuthority(folder, "lab");
        ChipServer server = serve(access().withTls(lab.server("127.0.0.1")));

        assertThat(refused(grpc(server, "chip=x"))).hasMessageContaining("speaks TLS only");
        awaitRefusals(1);
        assertThat(refusals().get(0).reason()).contains("not a handshake of TLS");
    }

    @ParameterizedTest
    @CsvSource({"'GET / HTTP/1.1\n\n', HTTP/1.1 400", "x, ''", "'PRI', ''"})
    @DisplayName("plain text on a TLS port is answered at once, however little of it there is")
    void plainTextIsAnsweredAtOnce(String sent, String answer) throws IOException {
        TestAuthority lab = new TestAuthority(folder, "lab");
        ChipServer server = serve(access().withTls(lab.server("127.0.0.1")));

        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
            String said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(said).startsWith(answer);
        }
        awaitRefusals(1);
        assertThat(refusals().get(0).reason()).contains("not a handshake of TLS");
    }

    @Test
    @DisplayName("two authorization headers are refused, the right one among them")
    void twoTokensAreRefused() throws IOException {
        Path ada = token("ada", Role.USER, Optional.empty());
        ChipServer server = serve(access().withTokens(tokens));
        Metadata second = new Metadata();
        second.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + "0".repeat(64));

        assertThat(calls(server, ada)
                        .listTargets(ListTargetsRequest.getDefaultInstance())
                        .getTargetsCount())
                .isEqualTo(1);
        ChipServiceBlockingStub both =
                calls(server, ada).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(second));
        assertThatThrownBy(() -> both.listTargets(ListTargetsRequest.getDefaultInstance()))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("UNAUTHENTICATED")
                .hasMessageContaining("several");
    }

    @Test
    @DisplayName("a token file that others may read is refused by the client")
    void clientRefusesAnOpenTokenFile() throws IOException {
        Path ada = token("ada", Role.USER, Optional.empty());
        ChipServer server = serve(access().withTokens(tokens));
        Files.setPosixFilePermissions(ada, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> source(grpc(server, "token_file=" + ada)))
                .hasMessageContaining("lets others at it")
                .hasMessageContaining("chmod 600");
    }

    @Test
    @DisplayName("names that are not printable or long are refused by client and server")
    void namesArePrintable() throws IOException {
        ChipServer server = serve(access());

        assertThatThrownBy(() -> source(grpc(server, "shared=a%0Ab"))).hasMessageContaining("printed characters");
        assertThatThrownBy(() -> source(grpc(server, "shared=" + "x".repeat(65))))
                .hasMessageContaining("64");
        for (String name : new String[] {"a\nb", "\u001b[31m", "x".repeat(65)}) {
            assertThatThrownBy(() -> calls(server, write("any", "0".repeat(64)))
                            .openSession(OpenSessionRequest.newBuilder()
                                    .setProtocolVersion(WireTargets.PROTOCOL)
                                    .setShared(name)
                                    .build()))
                    .hasMessageContaining("name of the shared chip");
        }
    }

    @Test
    void tlsAgainstPlainTextIsRefusedByTheClient() throws IOException {
        TestAuthority lab = new TestAuthority(folder, "lab");
        ChipServer server = serve(access());

        assertThat(refused(grpcs(server, "ca_file=" + lab.certificate()))).hasMessageContaining("refused");
    }

    @Test
    void beyondLoopbackPlainTextHasToBeMeantOnBothSides() throws IOException {
        Optional<InetAddress> other = otherInterface();
        assumeTrue(other.isPresent(), "no address of this machine that is not loopback");
        String host = other.orElseThrow().getHostAddress();

        assertThatThrownBy(() -> serve(access(), other.get()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("plain text");
        ChipServer server = serve(access().listeningInsecurely(), other.get());
        String there = host + ":" + server.port();
        assertThatThrownBy(() -> source("grpc://" + there)).hasMessageContaining("insecure=true");
        assertThat(chips("grpc://" + there + "?insecure=true")).hasSize(1);
    }

    @Test
    void fromAnotherInterfaceTlsIsAllThatIsAnswered() throws IOException {
        Optional<InetAddress> other = otherInterface();
        assumeTrue(other.isPresent(), "no address of this machine that is not loopback");
        String host = other.orElseThrow().getHostAddress();
        TestAuthority lab = new TestAuthority(folder, "lab");
        ChipServer server = serve(access().withTls(lab.server(host)), other.get());
        String there = host + ":" + server.port();

        assertThat(chips("grpcs://" + there + "?ca_file=" + lab.certificate())).hasSize(1);
        assertThat(refused("grpc://" + there + "?insecure=true")).hasMessageContaining("speaks TLS only");
        awaitRefusals(1);
        assertThat(refusals().get(0).caller().peer()).startsWith(host + ":");
    }

    @Test
    void anAnswerToBytesThatAreNeitherTlsNorHttpIsAClosedConnection() throws Exception {
        TestAuthority lab = new TestAuthority(folder, "lab");
        ChipServer server = serve(access().withTls(lab.server("127.0.0.1")));

        try (java.net.Socket socket = new java.net.Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(new byte[64]);
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }

        awaitRefusals(1);
        assertThat(chips(grpcs(server, "ca_file=" + lab.certificate()))).hasSize(1);
    }

    @Test
    void aConnectionThatEndsInItsHandshakeIsNoRefusalAndTriedAgain() throws Exception {
        TestAuthority lab = new TestAuthority(folder, "lab");
        AtomicInteger accepted = new AtomicInteger();
        try (ServerSocket cutting = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            Thread thread = new Thread(() -> {
                try {
                    while (true) {
                        cutting.accept().close();
                        accepted.incrementAndGet();
                    }
                } catch (IOException e) {
                    // the test is over
                }
            });
            thread.start();
            LinkOptions patience = LinkOptions.defaults().withPatience(Duration.ofMillis(500), Duration.ZERO);
            ChipSource source = new GrpcProvider()
                    .source(
                            TargetUri.parse(
                                    "grpcs://127.0.0.1:" + cutting.getLocalPort() + "?ca_file=" + lab.certificate()),
                            patience);

            assertThatThrownBy(source::chips)
                    .isInstanceOf(TargetUnavailableException.class)
                    .returns("TARGET_UNREACHABLE", error -> ((ChipException) error).code());
            assertThat(accepted).hasValueGreaterThan(1);
        }
    }

    // helpers

    private static OpenSessionRequest opening(String user) {
        return OpenSessionRequest.newBuilder()
                .setProtocolVersion(WireTargets.PROTOCOL)
                .setUser(user)
                .build();
    }

    private ChipServiceBlockingStub calls(ChipServer server, Path token) throws IOException {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
        open.add(channel::shutdownNow);
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + Files.readString(token).strip());
        return ChipServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static void denied(Status.Code code, ThrowingCallable call) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.getStatus().getCode()).as(failure.getMessage()).isEqualTo(code);
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.epochMillis());
    }

    private AccessOptions access() {
        return AccessOptions.open().withAudit(audit::add);
    }

    private Path token(String user, Role role, Optional<Instant> end) throws IOException {
        return write(user + "-" + made++, NewToken.append(tokens, user, role, end) + "\n");
    }

    private Path write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        TestAuthority.writePrivately(path, text);
        return path;
    }

    private static TlsFiles mutual(TestAuthority servers, TestAuthority clients) {
        TlsFiles own = servers.server("127.0.0.1");
        return new TlsFiles(own.certificate(), own.key(), Optional.of(clients.certificate()));
    }

    private static String shown(TlsFiles files) {
        return "cert_file=" + files.certificate().orElseThrow() + "&key_file="
                + files.key().orElseThrow();
    }

    private ChipServer serve(AccessOptions access) throws IOException {
        return serve(access, InetAddress.getByName("127.0.0.1"));
    }

    private ChipServer serve(AccessOptions access, InetAddress address) throws IOException {
        ChipServer server = ChipServer.start(
                ScriptedSource.each(() -> new ScriptedLink(clock)),
                new InetSocketAddress(address, 0),
                ServerOptions.defaults().withClock(clock).withAccess(access));
        open.add(server);
        return server;
    }

    private static String grpc(ChipServer server, String options) {
        return "grpc://127.0.0.1:" + server.port() + "?" + options;
    }

    private static String grpcs(ChipServer server, String options) {
        return "grpcs://127.0.0.1:" + server.port() + "?" + options;
    }

    private static ChipSource source(String uri) {
        return new GrpcProvider().source(TargetUri.parse(uri), LinkOptions.defaults());
    }

    private static List<ChipDescription> chips(String uri) {
        return source(uri).chips();
    }

    private ChipLink open(String uri) {
        ChipSource source = source(uri);
        ChipLink link = source.open(source.chips().get(0).chipId(), LinkOptions.defaults());
        open.add(link);
        return link;
    }

    private static AccessDeniedException refused(String uri) {
        AccessDeniedException refusal = catchThrowableOfType(AccessDeniedException.class, () -> chips(uri));
        assertThat(refusal).as(uri).isNotNull();
        assertThat(refusal.getCause()).isInstanceOf(StatusRuntimeException.class);
        return refusal;
    }

    private List<AuditEvent> events(Kind kind) {
        return audit.stream().filter(event -> event.kind() == kind).toList();
    }

    private List<AuditEvent> refusals() {
        return events(Kind.REFUSED);
    }

    /** The server may write a refusal down a moment after the client knows of it, never more than one a connection. */
    private void awaitRefusals(int count) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (refusals().size() < count && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(refusals()).hasSize(count);
    }

    private static Optional<InetAddress> otherInterface() throws SocketException {
        return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
    }
}
