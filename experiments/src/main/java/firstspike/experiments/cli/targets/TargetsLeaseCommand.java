package firstspike.experiments.cli.targets;

import firstspike.driver.link.TargetUri;
import firstspike.driver.remote.HeldLease;
import firstspike.driver.remote.RemoteServer;
import firstspike.driver.remote.ServedChip;
import firstspike.driver.server.turn.TurnRules;
import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Durations;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.TargetOptions;
import firstspike.experiments.cli.common.UsageException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes a chip for one user, or keeps it longer. */
@Command(
        name = "lease",
        header = "Has a chip of a server for one user alone, or keeps it longer.",
        description = {"", "The lease outlives this command: all programs of that user run under it until it ends."},
        footer = {
            "  firstspike targets lease grpcs://lab:7007 --chip W66F3 --for 30m",
            "  firstspike targets lease grpc://127.0.0.1:7007 --for 60s --json"
        })
final class TargetsLeaseCommand extends Action {

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "60s",
            description = "How long, at most 1h (default: 60s).")
    Duration time;

    @Mixin
    LeaseOptions lease = new LeaseOptions();

    @Mixin
    TargetAddress address = new TargetAddress();

    @Mixin
    TargetOptions options = new TargetOptions();

    @Override
    protected int run(Environment environment, Console console) {
        if (time.isZero() || time.compareTo(TurnRules.LONGEST_LEASE) > 0) {
            throw new UsageException("--for: " + time.toMillis() + " ms (limit: 1 ms to "
                    + TurnRules.LONGEST_LEASE.toMillis() + " ms); lease it again before it ends");
        }
        String where = address.of(options, environment);
        TargetUri uri = LeaseOptions.server(where);
        RemoteServer server = RemoteServer.of(where, options.connectPatience);
        ServedChip chip = lease.chip(uri, server.report());
        String user = lease.stated(uri);
        Optional<HeldLease> own = chip.lease()
                .filter(held -> !held.id().isEmpty() && held.holder().equals(user));
        HeldLease held = own.isPresent()
                ? server.renew(own.get().id(), time)
                : server.acquire(chip.description().chipId(), user, time);
        show(console, where, "leased", held);
        console.line("end it: firstspike targets release '" + where + "' --chip " + held.chip());
        return DONE;
    }

    static void show(Console console, String where, String state, HeldLease held) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.lease/1");
        tree.put("address", where);
        tree.put("chip", held.chip().value());
        tree.put("state", state);
        tree.put("lease", held.id());
        tree.put("holder", held.holder());
        tree.put("until", TargetRow.end(held));
        console.object(tree);
        console.line(held.chip() + " " + state + " by " + held.holder()
                + (state.equals("leased") ? " until " + TargetRow.end(held) : ""));
    }
}
