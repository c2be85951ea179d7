package firstspike.runtime.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.error.UnknownTargetException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.LinkProvider;
import firstspike.driver.link.ScriptedLink;
import firstspike.driver.link.ScriptedSource;
import firstspike.driver.link.TargetUri;
import firstspike.driver.link.TestClock;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TargetsTest {

    private final ScriptedSource source = ScriptedSource.each(ScriptedLink::new);
    private final Targets targets = new Targets(List.of(new Provider("mock", source)));

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

    @Test
    @DisplayName(
            "targets 3: several targets are one farm in the order of their names, also when their chip ids are equal")
    void farm() {
        ScriptedSource first = ScriptedSource.each(ScriptedLink::new);
        ScriptedSource second = ScriptedSource.each(ScriptedLink::new);
        Targets both = new Targets(List.of(new Provider("mock", first), new Provider("other", second)));

        try (ChipTarget target = (ChipTarget) both.resolve("other:b  mock:a", LinkOptions.defaults())) {
            assertThat(target.uri()).isEqualTo("other:b  mock:a");
            assertThat(target.chips()).hasSize(2);
            target.open(0, 3).close();
            target.reopen(1, 4).close();
        }

        assertThat(second.options().get(0).firstProgramOrdinal()).isEqualTo(3);
        assertThat(first.options().get(0).firstProgramOrdinal()).isEqualTo(4);
        assertThat(first.options().get(0).connectPatience())
                .isEqualTo(LinkOptions.defaults().linkPatience());
        assertThatThrownBy(() -> both.resolve("mock:a ideal:", LinkOptions.defaults()))
                .isInstanceOf(UnknownTargetException.class)
                .hasMessageContaining("name ideal: alone");
    }

    @Test
    @DisplayName("targets 3: a farm of chips that answer differently is refused before anything runs")
    void unlikeFarm() {
        ScriptedSource slow = ScriptedSource.each(() -> new ScriptedLink(TestClock.jumping(), delayed()));
        Targets both = new Targets(List.of(new Provider("mock", source), new Provider("slow", slow)));

        try (ChipTarget target = (ChipTarget) both.resolve("mock:a slow:b", LinkOptions.defaults())) {
            assertThatThrownBy(target::chips)
                    .isInstanceOf(UnknownTargetException.class)
                    .hasMessageContaining("input latency")
                    .hasMessageContaining("name chips of one kind");
        }
    }

    private static ChipDescription delayed() {
        return new ChipDescription(
                ChipDescription.Kind.MOCK,
                "mock:",
                new ChipId("slow"),
                "mock",
                3,
                false,
                "scripted",
                8000,
                OptionalLong.of(42),
                OptionalLong.empty(),
                1 << 22,
                new TreeMap<>());
    }

    private record Provider(String scheme, ChipSource source) implements LinkProvider {

        @Override
        public Set<String> schemes() {
            return Set.of(scheme);
        }

        @Override
        public ChipSource source(TargetUri uri, LinkOptions patience) {
            return source;
        }
    }
}
