package firstspike.experiments.cli.calibrate;

import firstspike.driver.link.ChipId;
import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.run.Ages;
import firstspike.runtime.calibration.result.CalibrationId;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.store.CalibrationStore;
import firstspike.runtime.error.HostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Which calibrations there are. */
@Command(
        name = "list",
        header = "Lists the stored calibrations of all chips, or of one.",
        footer = {"  firstspike calibrate list", "  firstspike calibrate list --chip W66F3 --json"})
final class CalibrateListCommand extends Action {

    private static final String FORM = "%-1s %-36s %-20s %-10s %-14s %-20s %5s  %s";

    @Mixin
    StoreOptions options = new StoreOptions();

    @Override
    protected int run(Environment environment, Console console) {
        CalibrationStore store = options.store(environment);
        boolean one = options.chip != null || options.target.target().isPresent();
        List<Object> rows = new ArrayList<>();
        console.line(String.format(FORM, "", "calibration", "chip", "status", "age", "targets", "bad", ""));
        for (ChipId chip : one ? List.of(options.chip(environment)) : store.chips()) {
            for (CalibrationId id : store.ids(chip)) {
                rows.add(row(store, chip, id, console));
            }
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.calibrations/1");
        tree.put("store", store.root().toString());
        tree.put("calibrations", rows);
        console.object(tree);
        return DONE;
    }

    private static Map<String, Object> row(CalibrationStore store, ChipId chip, CalibrationId id, Console console) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id.value());
        row.put("chip_id", chip.value());
        try {
            CalibrationResult result = store.get(chip, id);
            boolean active = store.current(chip, result.kind()).equals(Optional.of(id));
            row.put("status", result.status().label());
            row.put("kind", result.kind().label());
            row.put("age_s", result.age(Instant.now()).toSeconds());
            row.put("target_set", result.targets().name());
            row.put("bad_neurons", result.grades().size());
            row.put("activated", active);
            console.line(String.format(
                    FORM,
                    active ? "*" : "",
                    id,
                    chip,
                    result.status().label(),
                    Ages.text(result.age(Instant.now())),
                    result.targets().name(),
                    result.grades().size(),
                    ""));
        } catch (HostException e) {
            row.put("status", "damaged");
            row.put("problem", e.getMessage());
            console.line(String.format(FORM, "", id, chip, "damaged", "-", "-", "-", e.getMessage()));
        }
        return row;
    }
}
