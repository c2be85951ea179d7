package firstspike.experiments.cli.results;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.UnknownTargetException;
import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Interrupts;
import firstspike.experiments.cli.common.TargetOptions;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.cli.targets.TargetRow;
import firstspike.experiments.cli.targets.TargetTable;
import firstspike.experiments.dashboard.DashboardServer;
import firstspike.experiments.dashboard.TargetState;
import firstspike.runtime.calibration.store.CalibrationStore;
import firstspike.runtime.error.HostException;
import firstspike.runtime.recording.StorageFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs and targets in a browser. */
@Command(
        name = "dashboard",
        header = "Shows runs and targets in a browser of this machine, live, until Ctrl-C.",
        footer = {
            "  firstspike dashboard",
            "  firstspike dashboard --port 0 --target grpc://127.0.0.1:7007 --runs /data/runs"
        })
public final class DashboardCommand extends Action {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int LARGEST_PORT = 65_535;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "0 takes a free one (default: 8080).")
    int port = 8080;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "An address of loopback (default: 127.0.0.1).")
    String bind = "127.0.0.1";

    @Mixin
    TargetOptions options = new TargetOptions();

    @Override
    protected int run(Environment environment, Console console) throws InterruptedException {
        if (port < 0 || port > LARGEST_PORT) {
            throw new UsageException("--port: " + port + " (limit: 0 to " + LARGEST_PORT + "); choose another");
        }
        InetAddress address = address();
        CalibrationStore store = options.store(environment);
        List<String> addresses = options.targets.isEmpty()
                ? environment.variable("FIRSTSPIKE_TARGET").stream().toList()
                : List.copyOf(options.targets);
        Path runs = options.runs(environment);
        try (DashboardServer server = DashboardServer.start(
                        address,
                        port,
                        runs,
                        () -> addresses.stream().map(one -> state(one, store)).toList(),
                        INTERVAL);
                Interrupts interrupts = Interrupts.listen(console, "")) {
            ready(server, runs, console);
            interrupts.await();
            return interrupts.exit();
        } catch (IOException e) {
            throw StorageFailure.of(Path.of("port " + port + " of " + bind), e);
        }
    }

    private InetAddress address() {
        try {
            // a literal is not looked up; a name could lead anywhere
            InetAddress found = bind.matches("[0-9.]+|[0-9a-fA-F:.]+|localhost") ? InetAddress.getByName(bind) : null;
            if (found != null && found.isLoopbackAddress()) {
                return found;
            }
        } catch (UnknownHostException e) {
            throw new UsageException("--bind: " + bind + " is no address (limit: loopback); say 127.0.0.1");
        }
        throw new UsageException("--bind: " + bind + " (limit: loopback, because whoever reaches the dashboard may read"
                + " all runs); from elsewhere use a tunnel: ssh -L");
    }

    private TargetState state(String address, CalibrationStore store) {
        try {
            return new TargetState(
                    address,
                    TargetTable.of(address, options, store).rows().stream()
                            .map(TargetRow::json)
                            .toList(),
                    "");
        } catch (ChipException | HostException | UnknownTargetException e) {
            return new TargetState(address, List.of(), String.valueOf(e.getMessage()));
        }
    }

    private void ready(DashboardServer server, Path runs, Console console) {
        String url = "http://" + (bind.contains(":") ? "[" + bind + "]" : bind) + ":" + server.port() + "/";
        console.line("dashboard of " + runs + " on " + url);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.dashboard/1");
        tree.put("url", url);
        tree.put("port", (long) server.port());
        tree.put("pid", ProcessHandle.current().pid());
        tree.put("runs", runs.toString());
        console.object(tree);
    }
}
