package firstspike.runtime.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.LinkProvider;
import firstspike.driver.link.ScriptedLink;
import firstspike.driver.link.ScriptedSource;
import firstspike.driver.link.TargetUri;
import firstspike.driver.link.UnknownTargetException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TargetsTest {

    private final ScriptedSource source = ScriptedSource.each(ScriptedLink::new);
    private final Targets targets = new Targets(List.of(new Provider(source)));

    @Test
    @DisplayName("J16 ideal: needs no provider and takes no options")
    void ideal() {
        assertThat(targets.resolve("ideal:", LinkOptions.defaults()).kind()).isEqualTo(Target.Kind.IDEAL);
        assertThatThrownBy(() -> targets.resolve("ideal:?seed=1", LinkOptions.defaults()))
                .isInstanceOf(UnknownTargetException.class);
    }

    @Test
    @DisplayName("J16 another scheme goes to its provider; nothing is opened before it is asked for")
    void provider() {
        try (ChipTarget target = (ChipTarget) targets.resolve("mock:any", LinkOptions.defaults())) {
            assertThat(target.kind()).isEqualTo(Target.Kind.CHIP);
            assertThat(target.uri()).isEqualTo("mock:any");
            assertThat(source.opened()).isEmpty();

            target.open(0, 12).close();

            assertThat(source.options().get(0).firstProgramOrdinal()).isEqualTo(12);
        }
    }

    @Test
    @DisplayName("targets 1: an unknown scheme lists the known ones and proposes the nearest")
    void unknownScheme() {
        assertThatThrownBy(() -> targets.resolve("mok:nominal", LinkOptions.defaults()))
                .isInstanceOf(UnknownTargetException.class)
                .hasMessageContaining("known: ideal, mock")
                .hasMessageContaining("did you mean mock?");
        assertThatThrownBy(() -> targets.resolve("hardware:x", LinkOptions.defaults()))
                .hasMessageContaining("name one of them");
        assertThatThrownBy(() -> targets.resolve("", LinkOptions.defaults()))
                .isInstanceOf(UnknownTargetException.class);
    }

    private record Provider(ChipSource source) implements LinkProvider {

        @Override
        public Set<String> schemes() {
            return Set.of("mock");
        }

        @Override
        public ChipSource source(TargetUri uri, LinkOptions patience) {
            return source;
        }
    }
}
