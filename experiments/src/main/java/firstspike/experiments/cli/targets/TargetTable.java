package firstspike.experiments.cli.targets;

import firstspike.driver.error.UnknownTargetException;
import firstspike.driver.link.TargetUri;
import firstspike.driver.remote.RemoteServer;
import firstspike.driver.remote.ServedChip;
import firstspike.driver.remote.ServerReport;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.TargetOptions;
import firstspike.experiments.cli.common.Waits;
import firstspike.runtime.calibration.store.CalibrationStore;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Target;
import firstspike.runtime.target.Targets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The chips behind an address at one moment.
 *
 * @param address as it was given
 * @param rows one a chip, at least one
 */
public record TargetTable(String address, List<TargetRow> rows) {

    /**
     * Looks.
     *
     * @param address of a server, or another target
     * @param options patience
     * @param store of the caller, for the ages of calibrations
     * @return what is there
     */
    public static TargetTable of(String address, TargetOptions options, CalibrationStore store) {
        TargetTable found = look(address, options);
        return new TargetTable(
                found.address(),
                found.rows().stream()
                        .map(row -> row.with(StoredAge.of(store, row.id())))
                        .toList());
    }

    private static TargetTable look(String address, TargetOptions options) {
        TargetUri uri = TargetUri.parse(address);
        if (isServer(uri)) {
            ServerReport report =
                    RemoteServer.of(address, options.connectPatience).report();
            return new TargetTable(
                    address,
                    chosen(uri, report.chips()).stream().map(TargetRow::of).toList());
        }
        try (Target target = Targets.installed().resolve(address, options.link())) {
            return new TargetTable(
                    target.uri(),
                    switch (target.kind()) {
                        case IDEAL -> List.of(TargetRow.ideal());
                        case CHIP ->
                            ((ChipTarget) target)
                                    .chips().stream().map(TargetRow::of).toList();
                    });
        }
    }

    /** Whether it leads to a server, which knows leases and queues. */
    public static boolean isServer(TargetUri uri) {
        return uri.scheme().equals("grpc") || uri.scheme().equals("grpcs");
    }

    private static List<ServedChip> chosen(TargetUri uri, List<ServedChip> chips) {
        String wanted = uri.options().get("chip");
        return wanted == null ? chips : List.of(chip(wanted, uri.text(), chips));
    }

    /** The chip of that id, or the error that lists what there is. */
    static ServedChip chip(String id, String address, List<ServedChip> chips) {
        return chips.stream()
                .filter(chip -> chip.description().chipId().value().equals(id))
                .findFirst()
                .orElseThrow(() -> new UnknownTargetException("chip of '" + address + "': '" + id + "' (known: "
                        + chips.stream()
                                .map(chip -> chip.description().chipId().value())
                                .collect(Collectors.joining(", "))
                        + "); name one of them"));
    }

    void show(Console console) {
        console.object(json(false));
        console.line(TargetRow.HEAD);
        rows.forEach(row -> console.line(row.text()));
        waits(console);
    }

    /** The same with everything that each chip says of itself. */
    void describe(Console console) {
        console.object(json(true));
        console.line(TargetRow.HEAD);
        for (TargetRow row : rows) {
            console.line(row.text());
            row.description().forEach((name, value) -> console.line(String.format("  %-26s %s", name, value)));
        }
        waits(console);
    }

    private void waits(Console console) {
        for (TargetRow row : rows) {
            row.activity()
                    .filter(now ->
                            now.waitBound().filter(bound -> !bound.isZero()).isPresent())
                    .ifPresent(now -> console.line(row.id() + ": largest wait "
                            + Waits.text(now.largestWait(), now.waitBound().orElseThrow())));
        }
    }

    private Map<String, Object> json(boolean descriptions) {
        List<Object> chips = new ArrayList<>();
        for (TargetRow row : rows) {
            Map<String, Object> tree = row.json();
            if (descriptions && !row.description().isEmpty()) {
                tree.put("description", row.description());
            }
            chips.add(tree);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.targets/1");
        tree.put("address", address);
        tree.put("targets", chips);
        return tree;
    }
}
