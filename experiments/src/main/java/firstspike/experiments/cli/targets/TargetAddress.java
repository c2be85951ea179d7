package firstspike.experiments.cli.targets;

import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.TargetOptions;
import firstspike.experiments.cli.common.UsageException;
import picocli.CommandLine.Parameters;

/** The address that a command about targets takes, with the options that reach it. */
final class TargetAddress {

    @Parameters(
            arity = "0..1",
            paramLabel = "ADDRESS",
            description = "A target URI (default: --target, then FIRSTSPIKE_TARGET).")
    String address;

    /** What was given in whatever way. */
    String of(TargetOptions options, Environment environment) {
        if (address != null) {
            return address;
        }
        return options.target()
                .or(() -> environment.variable("FIRSTSPIKE_TARGET"))
                .orElseThrow(() -> new UsageException(
                        "targets: no address (limit: one); write for example grpc://127.0.0.1:7007"));
    }
}
