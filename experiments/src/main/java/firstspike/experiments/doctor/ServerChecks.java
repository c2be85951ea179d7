package firstspike.experiments.doctor;

import firstspike.driver.error.AccessDeniedException;
import firstspike.driver.error.ChipException;
import firstspike.driver.link.WallClock;
import firstspike.driver.remote.HeldLease;
import firstspike.driver.remote.RemoteServer;
import firstspike.driver.remote.ServedChip;
import firstspike.driver.remote.ServerReport;
import firstspike.driver.remote.TlsHandshake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether a server can be reached, whether it is who it should be, and whether it lends its chips (journeys.md U22). */
public final class ServerChecks {

    private static final double SLOW_MS = 500;
    private static final Duration SOON = Duration.ofDays(14);
    private static final Duration SKEW = Duration.ofSeconds(2);

    private final WallClock clock;
    private final Duration patience;
    private final boolean token;
    private final List<CheckResult> results = new ArrayList<>();

    /**
     * @param clock of this machine
     * @param patience how long a connection may take
     * @param token whether the target names a token
     */
    public ServerChecks(WallClock clock, Duration patience, boolean token) {
        this.clock = clock;
        this.patience = patience;
        this.token = token;
    }

    /**
     * Looks at a server from the outside in; what cannot be looked at because something before it failed is skipped.
     *
     * @param server that is named
     * @return one result a check
     */
    public List<CheckResult> run(RemoteServer server) {
        results.clear();
        Optional<InetSocketAddress> address = resolve(server).flatMap(this::connect);
        boolean reached = address.isPresent() && encryption(server, address.get());
        Optional<ServerReport> report = reached ? report(server) : Optional.empty();
        if (report.isEmpty()) {
            for (String name : List.of("token", "protocol", "clock difference", "lease")) {
                if (results.stream().noneMatch(result -> result.name().equals(name))) {
                    results.add(new CheckResult(name, Status.SKIPPED, "not asked", "", ""));
                }
            }
        }
        return List.copyOf(results);
    }

    private Optional<List<InetSocketAddress>> resolve(RemoteServer server) {
        long start = clock.nanoTime();
        try {
            List<InetSocketAddress> addresses = server.addresses();
            String found = addresses.stream()
                    .map(address -> address.getAddress().getHostAddress())
                    .collect(Collectors.joining(", "));
            ok("name resolution", found + " in " + ms(clock.nanoTime() - start), "an address");
            return Optional.of(addresses);
        } catch (IOException e) {
            fail(
                    "name resolution",
                    server.endpoint().host() + " has no address",
                    "an address",
                    "correct the host name, or ask whoever runs the name server");
            skip("connection");
            skip("tls");
            return Optional.empty();
        }
    }

    private Optional<InetSocketAddress> connect(List<InetSocketAddress> addresses) {
        String expected = "below " + SLOW_MS + " ms";
        IOException last = null;
        for (InetSocketAddress address : addresses) {
            long start = clock.nanoTime();
            try (Socket socket = new Socket()) {
                socket.connect(address, (int) Math.max(1, Math.min(Integer.MAX_VALUE, patience.toMillis())));
                long took = clock.nanoTime() - start;
                results.add(CheckResult.of(
                        "connection",
                        took * 1e-6 < SLOW_MS,
                        Status.WARN,
                        address.getAddress().getHostAddress() + ":" + address.getPort() + " in " + ms(took),
                        expected,
                        "look for load or distance"));
                return Optional.of(address);
            } catch (IOException e) {
                last = e;
            }
        }
        fail(
                "connection",
                addresses.get(0) + ": " + last.getMessage(),
                expected,
                "see whether a server runs there, and whether a firewall lets it through");
        skip("tls");
        return Optional.empty();
    }

    private boolean encryption(RemoteServer server, InetSocketAddress address) {
        String expected = "a certificate that holds for more than " + SOON.toDays() + " days";
        try {
            Optional<TlsHandshake> shaken = server.handshake(address);
            if (shaken.isEmpty()) {
                boolean here = address.getAddress().isLoopbackAddress();
                results.add(CheckResult.of(
                        "tls",
                        here,
                        Status.WARN,
                        "plain text" + (here ? " on loopback" : ""),
                        "TLS beyond loopback",
                        "serve with --tls-cert and --tls-key, and use grpcs://"));
                return true;
            }
            TlsHandshake tls = shaken.get();
            Instant now = Instant.ofEpochMilli(clock.epochMillis());
            results.add(CheckResult.of(
                    "tls",
                    tls.end().isAfter(now.plus(SOON)),
                    Status.WARN,
                    tls.protocol() + ", " + tls.server() + ", until " + tls.end(),
                    expected,
                    "renew the certificate of the server; it reads the file again by itself"));
            return true;
        } catch (IOException e) {
            fail("tls", e.getMessage(), expected, "see ca_file, cert_file and the name in the certificate");
            return false;
        }
    }

    private Optional<ServerReport> report(RemoteServer server) {
        long before = clock.epochMillis();
        try {
            ServerReport report = server.report();
            long after = clock.epochMillis();
            if (token) {
                ok("token", "accepted", "accepted");
            } else {
                results.add(new CheckResult("token", Status.SKIPPED, "none given, none asked for", "", ""));
            }
            protocol(report);
            clocks(report, before + (after - before) / 2);
            leases(report);
            return Optional.of(report);
        } catch (AccessDeniedException e) {
            fail("token", e.getMessage(), "accepted", e.detail().remedy());
        } catch (ChipException e) {
            fail("protocol", e.getMessage(), "an answer", e.detail().remedy());
        }
        return Optional.empty();
    }

    private void protocol(ServerReport report) {
        String ours = ServerReport.ownProtocol();
        results.add(CheckResult.of(
                "protocol",
                report.protocol().equals(ours),
                Status.WARN,
                "server " + report.protocol() + ", client " + ours,
                ours,
                "use a client and a server of the same version"));
    }

    private void clocks(ServerReport report, long middle) {
        if (report.clock().isEmpty()) {
            results.add(new CheckResult("clock difference", Status.SKIPPED, "the server does not tell", "", ""));
            return;
        }
        long difference = report.clock().get().toEpochMilli() - middle;
        results.add(CheckResult.of(
                "clock difference",
                Math.abs(difference) <= SKEW.toMillis(),
                Status.WARN,
                String.format(Locale.ROOT, "%+d ms", difference),
                "within " + SKEW.toMillis() + " ms",
                "let a time service set both clocks; leases, tokens and certificates end by them"));
    }

    private void leases(ServerReport report) {
        List<HeldLease> held = report.chips().stream()
                .map(ServedChip::lease)
                .flatMap(Optional::stream)
                .toList();
        String value = held.isEmpty()
                ? "none of " + report.chips().size() + (report.chips().size() == 1 ? " chip" : " chips")
                : held.stream()
                        .map(lease -> lease.chip() + " by " + lease.holder() + " until " + lease.end())
                        .collect(Collectors.joining(", "));
        results.add(CheckResult.of(
                "lease",
                held.isEmpty(),
                Status.WARN,
                value,
                "free chips, or a lease of your own",
                "others wait until it ends; firstspike targets shows who waits"));
    }

    private void ok(String name, String value, String expected) {
        results.add(new CheckResult(name, Status.OK, value, expected, ""));
    }

    private void fail(String name, String value, String expected, String remedy) {
        results.add(new CheckResult(name, Status.FAIL, value, expected, remedy));
    }

    private void skip(String name) {
        results.add(new CheckResult(name, Status.SKIPPED, "not asked", "", ""));
    }

    private static String ms(long nanoseconds) {
        return String.format(Locale.ROOT, "%.3f ms", nanoseconds * 1e-6);
    }
}
