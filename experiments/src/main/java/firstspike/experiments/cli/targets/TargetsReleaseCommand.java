package firstspike.experiments.cli.targets;

import firstspike.driver.error.ChipBusyException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.link.TargetUri;
import firstspike.driver.remote.HeldLease;
import firstspike.driver.remote.RemoteServer;
import firstspike.driver.remote.ServedChip;
import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.TargetOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends a lease before its time. */
@Command(
        name = "release",
        header = "Ends the lease of a chip before its time.",
        description = {"", "An operator may end the lease of anybody."},
        footer = {
            "  firstspike targets release grpcs://lab:7007 --chip W66F3",
            "  firstspike targets release grpc://127.0.0.1:7007 --json"
        })
final class TargetsReleaseCommand extends Action {

    @Mixin
    LeaseOptions lease = new LeaseOptions();

    @Mixin
    TargetAddress address = new TargetAddress();

    @Mixin
    TargetOptions options = new TargetOptions();

    @Override
    protected int run(Environment environment, Console console) {
        String where = address.of(options, environment);
        TargetUri uri = LeaseOptions.server(where);
        RemoteServer server = RemoteServer.of(where, options.connectPatience);
        ServedChip chip = lease.chip(uri, server.report());
        if (chip.lease().isEmpty()) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("schema", "firstspike.lease/1");
            tree.put("address", where);
            tree.put("chip", chip.description().chipId().value());
            tree.put("state", "free");
            console.object(tree);
            console.line(chip.description().chipId() + " is free, nothing to release");
            return DONE;
        }
        HeldLease held = chip.lease().get();
        // where nothing is proved the server takes everybody's word: this guards against accidents
        boolean mine = LeaseOptions.proves(uri) || held.holder().equals(lease.stated(uri));
        if (held.id().isEmpty() || !mine) {
            throw new ChipBusyException(
                    ErrorDetail.of(
                                    "lease of chip " + held.chip(),
                                    "of " + held.holder() + " until " + TargetRow.end(held),
                                    "your own",
                                    "ask " + held.holder() + ", or wait until it ends")
                            .with("holder", held.holder())
                            .with("until", TargetRow.end(held)),
                    null);
        }
        server.release(held.id());
        TargetsLeaseCommand.show(console, where, "released", held);
        return DONE;
    }
}
