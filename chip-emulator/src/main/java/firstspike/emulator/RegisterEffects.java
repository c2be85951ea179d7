package firstspike.emulator;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import firstspike.driver.register.Container;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the emulator does with each register container beyond keeping its bits, as read from {@code register_effects.yaml}
 * of this module. Immutable.
 */
public final class RegisterEffects {
    private static final String RESOURCE = "register_effects.yaml";

    private final Map<Container, Entry> entries = new EnumMap<>(Container.class);

    private RegisterEffects(Map<String, Entry> byTitle) {
        byTitle.forEach((title, entry) -> entries.put(Container.ofTitle(title), entry));
    }

    /** Kinds of effects. */
    public enum Effect {
        /** Writes or reads act as registers.md says, but for the stored fields. */
        MODELLED,
        /** Bits are kept and read back; nothing follows from them. */
        STORED
    }

    /**
     * What happens with one container.
     *
     * @param effect whether anything follows from its bits
     * @param storedFields fields of a modelled container that only keep their bits, by name
     * @param refusedFields fields that end the program with a typed error when they are switched on, by name
     * @param note what is not obvious, or an empty text
     */
    public record Entry(Effect effect, List<String> storedFields, List<String> refusedFields, String note) {
        /** Absent lists and texts become empty ones. */
        public Entry {
            storedFields = storedFields == null ? List.of() : List.copyOf(storedFields);
            refusedFields = refusedFields == null ? List.of() : List.copyOf(refusedFields);
            note = note == null ? "" : note;
        }
    }

    /** The list that this version ships. */
    public static RegisterEffects shipped() {
        YAMLMapper mapper = YAMLMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .build();
        try (InputStream in = RegisterEffects.class.getResourceAsStream(RESOURCE)) {
            return new RegisterEffects(mapper.readValue(
                    in, mapper.getTypeFactory().constructMapType(TreeMap.class, String.class, Entry.class)));
        } catch (IOException e) {
            throw new IllegalStateException(RESOURCE + " in this build cannot be read", e);
        }
    }

    /**
     * The entry of a container.
     *
     * @throws IllegalArgumentException if the list lacks it
     */
    public Entry of(Container container) {
        Entry entry = entries.get(container);
        if (entry == null) {
            throw new IllegalArgumentException(RESOURCE + " has no entry for " + container.title() + "; add one");
        }
        return entry;
    }
}
