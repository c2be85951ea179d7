package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.driver.hostarq.HostArqAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server of the packed program as a process of its own: ready when {@link #start} returns. */
final class Served implements AutoCloseable {

    private static final int PATIENCE_S = 60;

    private final Process process;
    private final BufferedReader lines;
    private final JsonNode ready;
    private final Path err;

    private Served(Process process, BufferedReader lines, JsonNode ready, Path err) {
        this.process = process;
        this.lines = lines;
        this.ready = ready;
        this.err = err;
    }

    static Served start(String name, String... arguments) throws IOException {
        return start(name, Map.of(), arguments);
    }

    /** An emulator server whose heap has that many MiB. */
    static Served emulator(int heapMiB, String chip, String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("emulate", "--listen", "127.0.0.1:0", "--chip", chip, "--json"));
        arguments.addAll(List.of(more));
        return start(
                "emulator", Map.of("FIRSTSPIKE_JVM_OPTS", "-Xmx" + heapMiB + "m"), arguments.toArray(String[]::new));
    }

    /** A server with more in its environment. */
    static Served start(String name, Map<String, String> environment, String... arguments) throws IOException {
        Path err = Files.createTempFile(Program.folder("output"), name, ".err");
        Process process = Program.start(err, environment, arguments);
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        if (line == null) {
            throw new AssertionError(String.join(" ", arguments) + " said nothing: " + Files.readString(err));
        }
        JsonNode ready = new ObjectMapper().readTree(line);
        if (!ready.path("schema").asText().equals("firstspike.server/1")) {
            throw new AssertionError(String.join(" ", arguments) + " said " + line);
        }
        return new Served(process, lines, ready, err);
    }

    /** An emulated FPGA on free ports. */
    static Served fpga(String chip) throws IOException {
        return fpgaAt("udp://127.0.0.1:0", chip);
    }

    static Served fpgaAt(String where, String chip) throws IOException {
        return start("fpga", "emulate", "--fpga", where, "--chip", chip, "--json");
    }

    /** A bridge in front of an FPGA. */
    static Served bridge(HostArqAddress fpga, String options, String... more) throws IOException {
        String[] arguments = new String[more.length + 6];
        arguments[0] = "bridge";
        arguments[1] = "--fpga";
        arguments[2] = fpga.host() + ":" + fpga.dataPort() + "?reset_port=" + fpga.resetPort() + options;
        arguments[3] = "--listen";
        arguments[4] = "127.0.0.1:0";
        arguments[5] = "--json";
        System.arraycopy(more, 0, arguments, 6, more.length);
        return start("bridge", arguments);
    }

    /** A number of the process by its name in {@code /proc/PID/status}: kB of VmRSS, Threads. */
    long status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid()), "status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    /** Files and sockets that it has open. */
    int descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", String.valueOf(pid()), "fd"))) {
            return (int) open.count();
        }
    }

    /** The Java process: the script that started it has become it. */
    long pid() {
        return process.pid();
    }

    JsonNode ready() {
        return ready;
    }

    /** Where the FPGA listens. */
    HostArqAddress address() {
        return new HostArqAddress(
                "127.0.0.1",
                ready.get("fpga_port").asInt(),
                ready.get("fpga_reset_port").asInt());
    }

    /** Target of that FPGA. */
    String fpgaTarget() {
        return "fpga://127.0.0.1:" + address().dataPort() + "?reset_port="
                + address().resetPort();
    }

    /** Target of that server. */
    String grpcTarget() {
        return "grpc://127.0.0.1:" + ready.get("port").asInt();
    }

    /** Stops it as an operator does. */
    JsonNode stop() throws IOException, InterruptedException {
        // the other way of destroying would close the pipe with the totals
        process.toHandle().destroy();
        String line = lines.readLine();
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            throw new AssertionError("did not stop within " + PATIENCE_S + " s: " + Files.readString(err));
        }
        return line == null ? new ObjectMapper().createObjectNode() : new ObjectMapper().readTree(line);
    }

    /** Ends it at once. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    int exit() {
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        lines.close();
    }
}
