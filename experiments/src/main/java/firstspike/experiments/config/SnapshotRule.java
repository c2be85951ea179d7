package firstspike.experiments.config;

import java.util.List;
import java.util.Map;

/** Epochs after which a checkpoint is kept: a sorted list without doubles, {@code every: N}, or {@code last}. */
record SnapshotRule() implements Rule {

    private static final IntegerRule EPOCH = new IntegerRule(0, 10_000_000);
    private static final MapRule EVERY =
            MapRule.of(Key.required("every", new IntegerRule(1, 10_000_000), "number of epochs"));

    @Override
    public Object read(YamlNode node, String key, Problems problems) {
        return switch (node.kind()) {
            case SCALAR -> {
                if (node.text().equals("last")) {
                    yield "last";
                }
                problems.outOfRange(node, key, allowed(), "give a list of epochs");
                yield REFUSED;
            }
            case MAP -> EVERY.read(node, key, problems);
            case LIST -> list(node, key, problems);
        };
    }

    private Object list(YamlNode node, String key, Problems problems) {
        Object read = ListRule.of(EPOCH).read(node, key, problems);
        if (read == REFUSED) {
            return REFUSED;
        }
        List<?> epochs = (List<?>) read;
        for (int i = 1; i < epochs.size(); i++) {
            if ((Long) epochs.get(i) <= (Long) epochs.get(i - 1)) {
                problems.outOfRange(node.items().get(i), key + "." + i, "ascending, each once", "sort the epochs");
                return REFUSED;
            }
        }
        return read;
    }

    /** The epochs of a value that was read. */
    static List<Integer> epochs(Object value, int last) {
        if (value instanceof Map<?, ?> map) {
            int every = ((Long) map.get("every")).intValue();
            return java.util.stream.IntStream.rangeClosed(1, last)
                    .filter(epoch -> epoch % every == 0)
                    .boxed()
                    .toList();
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(epoch -> ((Long) epoch).intValue())
                    .filter(epoch -> epoch <= last)
                    .toList();
        }
        return List.of(last);
    }

    @Override
    public String allowed() {
        return "a sorted list of epochs, {every: N} or last";
    }
}
