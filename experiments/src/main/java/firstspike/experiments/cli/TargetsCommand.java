package firstspike.experiments.cli;

import firstspike.driver.link.ChipDescription;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.IdealTarget;
import firstspike.runtime.target.Target;
import firstspike.runtime.target.Targets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the chips of a target. */
@Command(
        name = "targets",
        header = "Lists the chips behind a target, or describes them.",
        footer = {
            "  firstspike targets grpc://127.0.0.1:7007",
            "  firstspike targets describe 'emu:nominal?seed=1'",
            "  firstspike targets ideal: --json",
            "  firstspike targets --registers"
        })
final class TargetsCommand extends Action {

    @Parameters(
            arity = "0..2",
            paramLabel = "[describe] ADDRESS",
            description = "A target URI (default: --target, then FIRSTSPIKE_TARGET).")
    List<String> words = new ArrayList<>();

    @Option(
            names = "--registers",
            description = "List what the emulator does with each register: modelled, stored only or refused.")
    boolean registers;

    @Mixin
    TargetOptions options = new TargetOptions();

    @Override
    int run(Environment environment, Console console) {
        if (registers) {
            if (!words.isEmpty()) {
                throw new UsageException("targets --registers: " + String.join(" ", words)
                        + " (limit: no address); the list is that of this version's emulator");
            }
            RegisterTable.show(console);
            return DONE;
        }
        boolean describe = !words.isEmpty() && words.get(0).equals("describe");
        List<String> rest = describe ? words.subList(1, words.size()) : words;
        if (!rest.isEmpty() && List.of("lease", "release", "watch", "fit").contains(rest.get(0))) {
            Unbuilt.refuse("targets " + rest.get(0), true, "leases and fits");
        }
        if (rest.size() > 1) {
            throw new UsageException("targets: " + String.join(" ", rest) + " (limit: one address); name one target");
        }
        String uri = rest.isEmpty()
                ? options.target != null
                        ? options.target
                        : environment
                                .variable("FIRSTSPIKE_TARGET")
                                .orElseThrow(() -> new UsageException(
                                        "targets: no address (limit: one); write for example emu:nominal?seed=0"))
                : rest.get(0);
        try (Target target = Targets.installed().resolve(uri, options.link())) {
            List<ChipDescription> chips =
                    switch (target.kind()) {
                        case IDEAL -> List.of();
                        case CHIP -> ((ChipTarget) target).chips();
                    };
            show(target.uri(), chips, describe, console);
        }
        return DONE;
    }

    private static void show(String uri, List<ChipDescription> chips, boolean describe, Console console) {
        List<Map<String, Object>> rows = new ArrayList<>();
        if (chips.isEmpty()) {
            rows.add(row(IdealTarget.NAME, IdealTarget.NAME, IdealTarget.NAME, false));
        }
        chips.forEach(chip -> rows.add(row(
                chip.chipId().value(),
                chip.kind().name().toLowerCase(Locale.ROOT),
                chip.fidelity(),
                chip.needsCalibration())));
        if (describe) {
            for (int i = 0; i < chips.size(); i++) {
                rows.get(i).put("description", description(chips.get(i)));
            }
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.targets/1");
        tree.put("address", uri);
        tree.put("targets", new ArrayList<Object>(rows));
        console.object(tree);
        String form = "%-28s %-10s %-10s %-8s %-12s %s";
        console.line(String.format(form, "chip", "kind", "fidelity", "state", "calibration", "queue"));
        for (Map<String, Object> row : rows) {
            console.line(String.format(
                    form,
                    row.get("id"),
                    row.get("kind"),
                    row.get("fidelity"),
                    row.get("state"),
                    Boolean.TRUE.equals(row.get("needs_calibration")) ? "-" : "not needed",
                    "-"));
        }
        if (describe) {
            chips.forEach(chip ->
                    description(chip).forEach((name, value) -> console.line(String.format("  %-26s %s", name, value))));
        }
    }

    private static Map<String, Object> row(String id, String kind, String fidelity, boolean needsCalibration) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("kind", kind);
        row.put("fidelity", fidelity);
        row.put("state", "free");
        row.put("holder", null);
        row.put("until", null);
        row.put("queue", 0L);
        row.put("calibration_id", null);
        row.put("calibration_age_s", null);
        row.put("programs_per_min", null);
        row.put("health", null);
        row.put("needs_calibration", needsCalibration);
        return row;
    }

    private static Map<String, Object> description(ChipDescription chip) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("target", chip.target());
        tree.put("chip_revision", chip.chipRevision());
        tree.put("software_version", chip.softwareVersion());
        tree.put("tick_ps", chip.tickPicoseconds());
        tree.put(
                "input_latency_ticks",
                chip.inputLatencyTicks().isPresent() ? chip.inputLatencyTicks().getAsLong() : null);
        tree.put(
                "output_latency_ticks",
                chip.outputLatencyTicks().isPresent()
                        ? chip.outputLatencyTicks().getAsLong()
                        : null);
        tree.put("max_instructions", chip.maxInstructions());
        chip.properties().forEach(tree::put);
        return tree;
    }
}
