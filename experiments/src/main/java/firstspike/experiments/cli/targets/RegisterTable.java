package firstspike.experiments.cli.targets;

import firstspike.driver.register.Access;
import firstspike.driver.register.AddressMap;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerLayout;
import firstspike.emulator.RegisterEffects;
import firstspike.experiments.cli.common.Console;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the emulator does with each register container, as a table or as JSON. */
final class RegisterTable {

    private static final String FORM = "%-33s %-9s %-13s %s";

    private RegisterTable() {}

    static void show(Console console) {
        RegisterEffects effects = RegisterEffects.shipped();
        List<Object> rows = new ArrayList<>();
        console.line(String.format(FORM, "register", "emulator", "read-back", "addresses"));
        for (Container container : Container.values()) {
            RegisterEffects.Entry entry = effects.of(container);
            rows.add(row(container, entry));
            console.line(String.format(
                    FORM,
                    container.title(),
                    effect(entry),
                    readBack(container.layout().access()),
                    place(container)));
            detail(console, "stored only", entry.storedFields());
            detail(console, "refused", entry.refusedFields());
            if (!entry.note().isEmpty()) {
                console.line("    " + entry.note());
            }
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.registers/1");
        tree.put("registers", rows);
        console.object(tree);
    }

    private static void detail(Console console, String what, List<String> fields) {
        if (!fields.isEmpty()) {
            console.line("    " + what + ": " + String.join(", ", fields));
        }
    }

    private static Map<String, Object> row(Container container, RegisterEffects.Entry entry) {
        ContainerLayout layout = container.layout();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("register", container.title());
        row.put("effect", effect(entry));
        row.put("space", layout.space().label());
        row.put("instances", (long) layout.instances());
        row.put("words", (long) layout.wordCount());
        row.put("addresses", ranges(container));
        row.put("readback", readBack(layout.access()));
        row.put("stored_fields", new ArrayList<Object>(entry.storedFields()));
        row.put("refused_fields", new ArrayList<Object>(entry.refusedFields()));
        row.put("note", entry.note());
        return row;
    }

    private static String effect(RegisterEffects.Entry entry) {
        return entry.effect().name().toLowerCase(Locale.ROOT);
    }

    private static String readBack(Access access) {
        return switch (access) {
            case READ_WRITE -> "yes";
            case UNREADABLE_ON_HARDWARE -> "emulator only";
            case WRITE_ONLY -> "write only";
            case READ_ONLY -> "read only";
        };
    }

    private static String place(Container container) {
        List<Object> ranges = ranges(container);
        return ranges.isEmpty()
                ? "(" + container.layout().space().label() + ")"
                : String.join(" ", ranges.stream().map(Object::toString).toList());
    }

    private static List<Object> ranges(Container container) {
        return new ArrayList<>(AddressMap.standard().ranges(container).stream()
                .map(Object::toString)
                .toList());
    }
}
