package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.driver.credential.TestAuthority;
import firstspike.driver.credential.TlsFiles;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wrong tokens and certificates, plain text from another interface, a second exclusive lease: refused with the exit codes
 * of the specification, written down, and no secret anywhere.
 */
@Tag("acceptance")
@TestMethodOrder(OrderAnnotation.class)
class Service06AccessIT {

    private static final String LINE = "service 6";
    private static final int DENIED = 8;
    private static final int MOST_ATTEMPTS = 60;

    @TempDir
    Path folder;

    /** An address of this machine that is not loopback, if it has one: what "another interface" means here. */
    private final String host = otherInterface();

    private final List<String> said = new ArrayList<>();
    private TestAuthority lab;
    private TestAuthority other;
    private Path tokens;
    private Path audit;

    @BeforeEach
    void prepare() throws IOException {
        lab = new TestAuthority(folder, "lab");
        other = new TestAuthority(folder, "other");
        tokens = folder.resolve("tokens");
        audit = folder.resolve("audit.jsonl");
    }

    @AfterEach
    void nobodySaidASecret() throws IOException {
        Map<String, String> secrets = secrets();
        List<String> found = new ArrayList<>();
        for (String text : said) {
            secrets.forEach((name, secret) -> {
                if (text.contains(secret)) {
                    found.add(name + " in what a command said");
                }
            });
        }
        int files = 0;
        for (Path place : List.of(Program.runs(), Program.folder("output"))) {
            try (Stream<Path> all = Files.walk(place)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    files++;
                    scan(file, secrets, found);
                }
            }
        }
        if (Files.exists(audit)) {
            scan(audit, secrets, found);
        }
        Table.row(
                LINE,
                "scan of logs, run folders, audit and what commands said, for " + secrets.size() + " secrets",
                "none found",
                found.isEmpty() ? "none in " + files + " files and " + said.size() + " texts" : found.toString(),
                0,
                found.isEmpty() && !secrets.isEmpty() && !said.isEmpty() && files > 0);
    }

    private static void scan(Path file, Map<String, String> secrets, List<String> found) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        secrets.forEach((name, secret) -> {
            if (text.contains(secret)) {
                found.add(name + " in " + file);
            }
        });
    }

    /** Tokens, and a line out of the middle of each private key. */
    private Map<String, String> secrets() throws IOException {
        Map<String, String> secrets = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".token")) {
                    secrets.put(name, Files.readString(file).strip());
                } else if (name.endsWith("-key.pem")) {
                    secrets.put(name, Files.readAllLines(file).get(1));
                }
            }
        }
        return secrets;
    }

    @Test
    @Order(1)
    @DisplayName("Shows 6 tokens over TLS: right, missing, unknown, expired, of the wrong authority, plain text")
    void tokens() throws Exception {
        String ada = token("ada", "90d");
        String short1 = token("eve", "1s");
        String unknown = write("unknown.token", "0123456789abcdef".repeat(4));
        try (Served server = serve(lab.server(host), "--token-file", tokens.toString())) {
            String address =
                    "grpcs://" + host + ":" + server.ready().get("port").asInt() + "?ca_file=";
            String trusted = address + lab.certificate();

            expect(0, "a token", "targets", trusted + "&token_file=" + ada);
            expect(DENIED, "no token", "targets", trusted);
            expect(DENIED, "an unknown token", "targets", trusted + "&token_file=" + unknown);
            expectOnceExpired("targets", trusted + "&token_file=" + short1);
            expect(DENIED, "a server of another authority", "targets", address + other.certificate());
            expect(DENIED, "plain text from another interface", "targets", plain(server, "?insecure=true"));
            expect(2, "plain text that is not meant", "targets", plain(server, ""));
            train(trusted + "&token_file=" + ada);
            server.stop();
        }
        List<JsonNode> lines = audited();
        expectAudited(lines, "refused", "ListTargets: token of the call: none", 1);
        expectAudited(lines, "refused", "unknown here", 1);
        expectAudited(lines, "refused", "token of eve: expired", 1);
        expectAudited(lines, "refused", "TLS: ", 2);
        expectAudited(lines, "session-opened", "", 1);
        expectAudited(lines, "session-closed", "", 1);
        for (JsonNode line : lines) {
            boolean session = line.get("event").asText().startsWith("session");
            if (session && !line.get("user").asText().equals("ada")) {
                throw new AssertionError("session of " + line);
            }
        }
    }

    @Test
    @Order(2)
    @DisplayName("Shows 6 client certificates: right, missing, expired, of another authority")
    void certificates() throws Exception {
        TlsFiles own = lab.server(host);
        try (Served server = serve(own, "--tls-ca", lab.certificate().toString())) {
            String trusted =
                    "grpcs://" + host + ":" + server.ready().get("port").asInt() + "?ca_file=" + lab.certificate();

            expect(0, "a certificate", "targets", trusted + shown(lab.client("ada")));
            expect(DENIED, "no certificate", "targets", trusted);
            expect(DENIED, "an expired certificate", "targets", trusted + shown(lab.expired("bob")));
            expect(DENIED, "another authority's certificate", "targets", trusted + shown(other.client("eve")));
            server.stop();
        }
        expectAudited(audited(), "refused", "TLS: ", 3);
    }

    @Test
    @Order(3)
    @DisplayName("Shows 6 a second exclusive lease is refused, and an operator ends the first")
    void leases() throws Exception {
        String ada = token("ada", "90d");
        String bob = token("bob", "90d");
        String operator = token("op", "never", "--role", "operator");
        try (Served server = serve(lab.server(host), "--token-file", tokens.toString())) {
            String address = "grpcs://" + host + ":"
                    + server.ready().get("port").asInt() + "?ca_file=" + lab.certificate() + "&token_file=";

            expect(0, "a lease", "targets", "lease", address + ada, "--for", "30min");
            expect(DENIED, "a second lease", "targets", "lease", address + bob, "--for", "60s");
            expect(0, "release by an operator", "targets", "release", address + operator);
            expect(0, "a lease after that", "targets", "lease", address + bob, "--for", "60s");
            server.stop();
        }
        List<JsonNode> lines = audited();
        expectAudited(lines, "lease-taken", "", 2);
        expectAudited(lines, "refused", "ada", 1);
        expectAudited(lines, "lease-released", "of ada", 1);
    }

    @Test
    @Order(4)
    @DisplayName("Shows 6 servers that would not be safe do not start")
    void unsafeServers() throws Exception {
        token("ada", "90d");
        Files.writeString(audit, "");
        expect(2, "plain text beyond loopback", "emulate", "--listen", "0.0.0.0:0");
        Files.setPosixFilePermissions(tokens, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        expect(
                6,
                "tokens that others can read",
                "emulate",
                "--listen",
                "127.0.0.1:0",
                "--token-file",
                tokens.toString());
    }

    // what the tests are made of

    private Served serve(TlsFiles own, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "emulate",
                "--listen",
                host + ":0",
                "--chip",
                "nominal?seed=1",
                "--tls-cert",
                own.certificate().orElseThrow().toString(),
                "--tls-key",
                own.key().orElseThrow().toString(),
                "--audit",
                audit.toString(),
                "--verbose",
                "--json"));
        arguments.addAll(Arrays.asList(more));
        return Served.start("access", arguments.toArray(String[]::new));
    }

    private String plain(Served server, String options) {
        return "grpc://" + host + ":" + server.ready().get("port").asInt() + options;
    }

    private static String shown(TlsFiles files) {
        return "&cert_file=" + files.certificate().orElseThrow() + "&key_file="
                + files.key().orElseThrow();
    }

    private String token(String user, String expires, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("token", "new", "--user", user, "--expires", expires, "--file", tokens.toString()));
        arguments.addAll(Arrays.asList(more));
        Program.Outcome made = Program.run(arguments.toArray(String[]::new)).succeeded();
        // what it printed lies in a file of the build: the one place where the token may be, until it is removed
        forget(made.out());
        return write(user + ".token", made.out());
    }

    private static void forget(String text) throws IOException {
        try (Stream<Path> all = Files.list(Program.folder("output"))) {
            for (Path file : all.toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).equals(text)) {
                    Files.delete(file);
                }
            }
        }
    }

    private String write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        TestAuthority.writePrivately(file, text);
        return file.toString();
    }

    private void expect(int exit, String what, String... arguments) {
        Program.Outcome outcome = verbosely(arguments);
        String code = outcome.out().contains("\"code\":\"")
                ? " " + outcome.json().get("code").asText()
                : "";
        Table.row(
                LINE,
                "firstspike " + arguments[0] + " with " + what,
                "exit " + exit,
                "exit " + outcome.exit() + code,
                outcome.seconds(),
                outcome.exit() == exit);
    }

    private void expectOnceExpired(String... arguments) {
        Program.Outcome outcome = verbosely(arguments);
        for (int i = 0; i < MOST_ATTEMPTS && outcome.exit() == 0; i++) {
            outcome = verbosely(arguments);
        }
        Table.row(
                LINE,
                "firstspike targets with an expired token",
                "exit " + DENIED,
                "exit " + outcome.exit(),
                outcome.seconds(),
                outcome.exit() == DENIED && outcome.out().contains("expired"));
    }

    private Program.Outcome verbosely(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--verbose", "--json"));
        Program.Outcome outcome = Program.run(all.toArray(String[]::new));
        said.add(outcome.out());
        said.add(outcome.err());
        return outcome;
    }

    private void train(String target) {
        Program.Outcome outcome = verbosely("train", "yin-yang-chip", "--target", target, "--set", "training.epochs=1");
        Table.row(
                LINE,
                "firstspike train yin-yang-chip over TLS with a token, one epoch",
                "exit 0",
                "exit " + outcome.exit(),
                outcome.seconds(),
                outcome.exit() == 0);
    }

    private List<JsonNode> audited() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(audit)) {
            JsonNode tree = new ObjectMapper().readTree(line);
            List<String> keys = new ArrayList<>();
            tree.fieldNames().forEachRemaining(keys::add);
            if (!keys.equals(List.of("time", "event", "user", "role", "peer", "chip", "session", "reason"))) {
                throw new AssertionError("audit line " + line);
            }
            lines.add(tree);
        }
        return lines;
    }

    private static void expectAudited(List<JsonNode> lines, String event, String reason, int least) {
        long count = lines.stream()
                .filter(line -> line.get("event").asText().equals(event)
                        && line.get("reason").asText("").contains(reason))
                .count();
        Table.row(
                LINE,
                "audit: " + event + (reason.isEmpty() ? "" : " (" + reason + "…)"),
                "at least " + least,
                count + " lines",
                0,
                count >= least);
    }

    private static String otherInterface() {
        try {
            return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                    .findFirst()
                    .map(InetAddress::getHostAddress)
                    .orElse("127.0.0.1");
        } catch (IOException e) {
            return "127.0.0.1";
        }
    }
}
