package firstspike.experiments.cli.targets;

import firstspike.driver.link.TargetUri;
import firstspike.driver.remote.ServedChip;
import firstspike.driver.remote.ServerReport;
import firstspike.experiments.cli.common.UsageException;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which chip of a server is leased, and for whom. */
public final class LeaseOptions {

    @Option(
            names = "--chip",
            paramLabel = "ID",
            description = "Which chip (default: chip= of the address, the only one).")
    String chip;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "For whom (default: the login name; a token or certificate says who it is).")
    String user;

    /** The chip that is meant. */
    ServedChip chip(TargetUri address, ServerReport report) {
        String wanted = chip != null ? chip : address.options().get("chip");
        if (wanted != null) {
            return TargetTable.chip(wanted, address.text(), report.chips());
        }
        if (report.chips().size() != 1) {
            throw new UsageException("--chip: not given for " + report.chips().size() + " chips (known: "
                    + report.chips().stream()
                            .map(found -> found.description().chipId().value())
                            .collect(Collectors.joining(", "))
                    + "); name one of them");
        }
        return report.chips().get(0);
    }

    /** Name to state: none where something better says it. */
    String stated(TargetUri address) {
        if (user != null) {
            return user;
        }
        return proves(address) ? "" : System.getProperty("user.name", "");
    }

    /** Whether a token or a certificate says who calls. */
    public static boolean proves(TargetUri address) {
        return address.options().containsKey("token_file") || address.options().containsKey("cert_file");
    }

    /** An address that can have leases. */
    static TargetUri server(String address) {
        TargetUri uri = TargetUri.parse(address);
        if (!TargetTable.isServer(uri)) {
            throw new UsageException(
                    "targets lease, release: '" + address + "' (limit: grpc://, grpcs://); only servers lend chips");
        }
        return uri;
    }
}
