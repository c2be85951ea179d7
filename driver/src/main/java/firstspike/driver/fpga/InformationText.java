package firstspike.driver.fpga;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The map {@code firstspike} in the information text of an emulated FPGA (wire.md 17). */
final class InformationText {

    private static final int MOST_CHARACTERS = 1 << 20;
    private static final int DEEPEST = 16;

    private InformationText() {}

    /**
     * @param text of the FPGA, YAML; not trusted
     * @return the scalars of the map by key, or empty when there is none that can be read
     */
    static Optional<SortedMap<String, String>> firstspike(String text) {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(MOST_CHARACTERS);
        limits.setNestingDepthLimit(DEEPEST);
        limits.setMaxAliasesForCollections(0);
        try {
            Object loaded = new Yaml(new SafeConstructor(limits)).load(text);
            if (loaded instanceof Map<?, ?> whole && whole.get("firstspike") instanceof Map<?, ?> map) {
                SortedMap<String, String> scalars = new TreeMap<>();
                map.forEach((key, value) -> scalars.put(String.valueOf(key), String.valueOf(value)));
                return Optional.of(scalars);
            }
        } catch (YAMLException e) {
            // no YAML, no map: hardware
        }
        return Optional.empty();
    }
}
