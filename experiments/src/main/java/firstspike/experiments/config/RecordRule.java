package firstspike.experiments.config;

import firstspike.runtime.error.ExperimentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is recorded: names, and neurons whose membrane is (formats.md 7, key {@code record}). */
record RecordRule() implements Rule {

    private static final int MOST = 64;
    private static final Rule NAMES = new ChoiceRule(
            List.of(Recording.SPIKES, Recording.SETUP, Recording.FPGA_TIME),
            Map.of("weights", "the checkpoints of a run hold its weights; leave weights out"));

    @Override
    public Object read(YamlNode node, String key, Problems problems) {
        if (node.kind() != YamlNode.Kind.LIST || node.items().size() > MOST) {
            problems.outOfRange(node, key, allowed(), "write a list, [] for nothing");
            return REFUSED;
        }
        List<Object> items = new ArrayList<>();
        boolean refused = false;
        for (int i = 0; i < node.items().size(); i++) {
            Object item = item(node.items().get(i), key + "." + i, problems);
            refused |= item == REFUSED;
            if (items.contains(item)) {
                problems.add(
                        ExperimentException.Code.VALUE_OUT_OF_RANGE,
                        node.items().get(i),
                        key + "." + i,
                        "each item once",
                        "remove it");
                refused = true;
            }
            items.add(item);
        }
        return refused ? REFUSED : items;
    }

    private static Object item(YamlNode node, String key, Problems problems) {
        boolean membrane = node.kind() == YamlNode.Kind.SCALAR
                && Recording.Membrane.parse(node.text()).isPresent();
        return membrane ? node.text() : NAMES.read(node, key, problems);
    }

    @Override
    public String allowed() {
        return "a list of spikes, setup, fpga-time, membrane:<layer>[<neuron>]";
    }
}
