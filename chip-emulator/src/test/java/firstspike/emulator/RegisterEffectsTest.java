package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.register.Container;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegisterEffectsTest {
    private static final RegisterEffects SHIPPED = RegisterEffects.shipped();

    @ParameterizedTest(name = "{0} is listed with fields that exist")
    @EnumSource(Container.class)
    void complete(Container container) {
        RegisterEffects.Entry entry = SHIPPED.of(container);

        Set<String> names = container.layout().fields().stream()
                .map(field -> field.path().split("[\\[.]", 2)[0])
                .collect(Collectors.toSet());
        assertThat(names).containsAll(entry.storedFields()).containsAll(entry.refusedFields());
    }

    @ParameterizedTest(name = "{0} says why nothing follows from what it only stores")
    @EnumSource(Container.class)
    void reasons(Container container) {
        RegisterEffects.Entry entry = SHIPPED.of(container);

        if (entry.effect() == RegisterEffects.Effect.STORED || !entry.storedFields().isEmpty()) {
            assertThat(entry.note()).as(container.title()).isNotBlank();
        }
    }
}
