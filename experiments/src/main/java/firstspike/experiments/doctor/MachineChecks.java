package firstspike.experiments.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a machine can run what this program does. */
public final class MachineChecks {

    private static final int JAVA = 17;
    private static final int CORES = 2;
    private static final long HEAP = 400L << 20;
    private static final long DISK = 1L << 30;
    private static final long LEAST_DISK = 64L << 20;
    private static final int UDP_BUFFER = 4 << 20;
    private static final int UDP_GIVEN = 200 << 10;
    private static final int PORT = 7007;
    private static final Instant EARLIEST = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private final Machine machine;

    /** @param machine that is looked at */
    public MachineChecks(Machine machine) {
        this.machine = machine;
    }

    /**
     * Looks at everything.
     *
     * @param runs where run folders go
     * @param data where data files lie, empty when nobody said so
     * @param calibrations where calibrations are kept, empty when nobody said so
     * @return one result a check, in a fixed order
     */
    public List<CheckResult> run(Path runs, Optional<Path> data, Optional<Path> calibrations) {
        List<CheckResult> results = new ArrayList<>();
        int java = machine.javaFeature();
        results.add(CheckResult.of(
                "java", java >= JAVA, Status.FAIL, "version " + java, JAVA + " or later", "install a newer Java"));
        int cores = machine.cores();
        results.add(CheckResult.of(
                "cores", cores >= CORES, Status.WARN, cores + "", CORES + " or more", "expect longer training times"));
        long heap = machine.heapBytes();
        results.add(CheckResult.of(
                "memory",
                heap >= HEAP,
                Status.WARN,
                mebibytes(heap) + " of heap",
                mebibytes(HEAP) + " or more",
                "raise it by FIRSTSPIKE_JVM_OPTS=-Xmx512m"));
        results.add(CheckResult.of(
                "write access",
                machine.writable(runs),
                Status.FAIL,
                runs.toString(),
                "a folder that can be written",
                "name another by --runs or FIRSTSPIKE_RUNS"));
        results.add(disk(runs));
        results.add(udp());
        Instant now = machine.now();
        results.add(CheckResult.of(
                "clock",
                machine.monotonic() && now.isAfter(EARLIEST) && now.isBefore(LATEST),
                Status.FAIL,
                now.toString(),
                "today, and going forward",
                "set the clock of the machine"));
        results.add(ports());
        String missing = machine.nativeTransportMissing();
        results.add(CheckResult.of(
                "native transport",
                missing.isEmpty(),
                Status.WARN,
                missing.isEmpty() ? "epoll" : "missing: " + firstLine(missing),
                "epoll (optional)",
                "nothing to do: the portable transport serves as well"));
        int fonts = machine.fonts();
        results.add(CheckResult.of(
                "fonts",
                fonts > 0,
                Status.FAIL,
                fonts + " families",
                "1 or more",
                "install fontconfig and a font, such as fonts-dejavu-core: figures need them"));
        results.add(folder("data folder", data, "only MNIST needs one: --data or FIRSTSPIKE_DATA", false));
        results.add(folder("calibrations", calibrations, "only calibrated chips need one", true));
        return results;
    }

    private CheckResult disk(Path runs) {
        long free = machine.freeBytes(runs);
        Status bad = free >= 0 && free < LEAST_DISK ? Status.FAIL : Status.WARN;
        return CheckResult.of(
                "free disk",
                free >= DISK,
                bad,
                free < 0 ? "unknown" : mebibytes(free),
                mebibytes(DISK) + " or more",
                "free space, or name another folder by --runs");
    }

    private CheckResult udp() {
        String expected = UDP_BUFFER + " bytes wanted, " + UDP_GIVEN + " suffice";
        try {
            int given = machine.udpBuffer(UDP_BUFFER);
            return CheckResult.of(
                    "loopback UDP buffer",
                    given >= UDP_GIVEN,
                    Status.WARN,
                    given + " bytes",
                    expected,
                    "raise net.core.rmem_max, for example: sysctl -w net.core.rmem_max=4194304");
        } catch (IOException e) {
            return new CheckResult(
                    "loopback UDP buffer", Status.WARN, "no loopback: " + e.getMessage(), expected, "bring lo up");
        }
    }

    private CheckResult ports() {
        try {
            return CheckResult.of(
                    "ports",
                    machine.portFree(PORT),
                    Status.WARN,
                    "127.0.0.1:" + PORT + (machine.portFree(PORT) ? " free" : " taken"),
                    "free",
                    "let emulate listen on another port, 0 takes a free one");
        } catch (IOException e) {
            return new CheckResult("ports", Status.WARN, "no loopback: " + e.getMessage(), "free", "bring lo up");
        }
    }

    private CheckResult folder(String name, Optional<Path> folder, String why, boolean written) {
        if (folder.isEmpty()) {
            return new CheckResult(name, Status.SKIPPED, "none named", why, "");
        }
        boolean good = written
                ? machine.writable(folder.get())
                : java.nio.file.Files.isDirectory(folder.get()) && java.nio.file.Files.isReadable(folder.get());
        return CheckResult.of(
                name,
                good,
                Status.WARN,
                folder.get().toString(),
                written ? "a folder that can be written" : "a folder that can be read",
                "name another folder");
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
