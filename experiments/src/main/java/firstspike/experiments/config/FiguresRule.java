package firstspike.experiments.config;

import java.util.List;
import java.util.Map;

/** {@code all}, or a list of figures. */
record FiguresRule() implements Rule {

    /** The figures that this version draws. */
    static final List<String> DRAWN = List.of(
            "loss_accuracy", "decision_map", "confusion_test", "output_times", "raster", "weights", "health", "chip");

    private static final Rule NAMES = ListRule.of(new ChoiceRule(DRAWN, Map.of()));

    @Override
    public Object read(YamlNode node, String key, Problems problems) {
        return node.kind() == YamlNode.Kind.SCALAR && node.text().equals("all")
                ? "all"
                : NAMES.read(node, key, problems);
    }

    @Override
    public String allowed() {
        return "all, or " + NAMES.allowed();
    }
}
