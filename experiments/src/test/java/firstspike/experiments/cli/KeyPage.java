package firstspike.experiments.cli;

import firstspike.experiments.config.KeyInfo;

/** The reference of all keys of an experiment as one page of Markdown, from what {@code config explain} knows. */
final class KeyPage {

    private KeyPage() {}

    static String of(Iterable<KeyInfo> keys) {
        StringBuilder out = new StringBuilder("# Keys of an experiment\n\nWritten from the program's schema; "
                + "`./firstspike config explain KEY` says the same. An item of a list is `*`.\n\n"
                + "| key | meaning | allowed | default |\n|---|---|---|---|\n");
        for (KeyInfo key : keys) {
            String fallback = key.required()
                    ? "must be given"
                    : key.fallback().map(text -> "`" + text + "`").orElse("none");
            String when = key.when().isEmpty() ? "" : " (with `" + key.when() + "`)";
            out.append("| `")
                    .append(key.key())
                    .append("`")
                    .append(when)
                    .append(" | ")
                    .append(cell(key.meaning()))
                    .append(" | ")
                    .append(cell(key.allowed()))
                    .append(" | ")
                    .append(cell(fallback))
                    .append(" |\n");
        }
        return out.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ");
    }
}
