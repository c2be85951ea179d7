package firstspike.driver.register;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;

/** The layouts of all containers, read once from the resource beside this class. */
final class RegisterModel {

    private static final String RESOURCE = "register_model.json";

    private static final Map<Container, ContainerLayout> LAYOUTS = read();

    private RegisterModel() {}

    static ContainerLayout layout(Container container) {
        return LAYOUTS.get(container);
    }

    private static Map<Container, ContainerLayout> read() {
        Map<Container, ContainerLayout> layouts = new EnumMap<>(Container.class);
        try (InputStream resource = RegisterModel.class.getResourceAsStream(RESOURCE)) {
            for (JsonNode node : JsonMapper.builder().build().readTree(resource).get("containers")) {
                ContainerLayout layout = new LayoutReader(node).layout();
                layouts.put(layout.container(), layout);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + RESOURCE + " cannot be read", e);
        }
        for (Container container : Container.values()) {
            if (!layouts.containsKey(container)) {
                throw new IllegalStateException("resource " + RESOURCE + " has no layout of " + container.title());
            }
        }
        return layouts;
    }
}
