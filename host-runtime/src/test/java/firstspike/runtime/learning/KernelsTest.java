package firstspike.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Runs twice in a build: in a Java with the module of the Vector API and in one without. */
class KernelsTest {
    private static final boolean MODULE =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    @Test
    @DisplayName("J07 the loops by vectors are chosen where this Java has them, else the plain ones, and nothing fails")
    void choosesWhatThereIs() {
        assertThat(MODULE)
                .as("which of the two runs this is")
                .isEqualTo(!Boolean.getBoolean("firstspike.without-vector"));
        if (!MODULE) {
            assertThat(Kernels.vector()).isEmpty();
            assertThatThrownBy(() -> Kernels.of("vector"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("--add-modules jdk.incubator.vector");
        }
        assertThat(Kernels.of("auto").id())
                .isEqualTo(Kernels.vector().map(Kernels::id).orElse("scalar"));
        assertThat(Kernels.of("scalar").id()).isEqualTo("scalar");
        assertThat(Kernels.chosen()).isSameAs(Kernels.chosen());
    }

    @Test
    void refusesAnotherWord() {
        assertThatThrownBy(() -> Kernels.of("fast"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scalar, vector or auto");
    }
}
