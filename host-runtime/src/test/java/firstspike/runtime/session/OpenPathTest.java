package firstspike.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.link.LinkOptions;
import firstspike.driver.playback.Barrier;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerValues;
import firstspike.driver.register.EventRecordingConfig;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.mapping.ChipMapping;
import firstspike.runtime.mapping.Networks;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One neuron and one input on the emulator, with one item of registers.md 18.1 undone. */
class OpenPathTest {

    private static final ChipMapping MAPPING = Networks.mapped(Networks.plain(1, 1));
    private static ChipTarget target;
    private static ChipSession session;

    @BeforeAll
    static void open() {
        target = (ChipTarget) Targets.installed().resolve("emu:nominal?seed=1", LinkOptions.defaults());
        session = ChipSession.open(first -> target.open(0, first), 0, 0);
    }

    @AfterAll
    static void close() {
        session.close();
        target.close();
    }

    @Test
    @DisplayName("R142 the whole path gives a spike with the label of its neuron")
    void whole() {
        session.configure(MAPPING.configuration());

        assertThat(spikes(true)).isOne();
    }

    @ParameterizedTest(name = "R142 item {0}: {1} {2} undone gives silence, and is named")
    @CsvSource({
        "1, CROSSBAR_NODE, target, 1, 24, 59",
        "3, CROSSBAR_NODE, target, 1, 0, 2",
        "4, COMMON_PADI_BUS_CONFIG, enable_spl1[0], 0, 0, 0",
        "5, SYNAPSE_DRIVER_CONFIG, enable_receiver, 0, 0, 255",
        "6, SYNAPSE_LABEL_QUAD, values[0], 9, 0, 127",
        "7, COLUMN_CURRENT_QUAD, switch[0].synaptic_current_excitatory, 0, 0, 0",
        "8, NEURON_CONFIG, enable_synaptic_input_excitatory, 0, 0, 0",
        "8, NEURON_CONFIG, enable_threshold_comparator, 0, 0, 0",
        "8, NEURON_CONFIG, enable_fire, 0, 0, 0",
        "10, NEURON_BACKEND_CONFIG, enable_spike_out, 0, 0, 0"
    })
    void undone(int item, Container container, String field, long value, int first, int last) {
        ChipConfiguration changed = changed(container, first, last, values -> values.with(field, value));

        ExperimentException found = catchThrowableOfType(
                ExperimentException.class,
                () -> PathCheck.require(changed, MAPPING.paths(), MAPPING.outputCircuits(), false));
        session.configure(changed);

        assertThat(found).hasMessageContaining("item " + item + " ");
        assertThat(spikes(true)).isZero();
    }

    @Test
    @DisplayName("R142 item 12: without recording nothing arrives")
    void recordingOff() {
        session.configure(MAPPING.configuration());

        assertThat(spikes(false)).isZero();
    }

    private static ChipConfiguration changed(
            Container container, int first, int last, UnaryOperator<ContainerValues> change) {
        ChipConfiguration.Builder builder = MAPPING.configuration().change();
        for (int coordinate = first; coordinate <= last; coordinate++) {
            builder.set(
                    container, coordinate, change.apply(MAPPING.configuration().values(container, coordinate)));
        }
        return builder.build();
    }

    /** Spikes that answer four events of the largest weight. */
    private static int spikes(boolean recorded) {
        EventRecordingConfig recording = new EventRecordingConfig(recorded);
        EventRecordingConfig off = new EventRecordingConfig(false);
        int label = MAPPING.externalLabels()[0];
        return session.run(MAPPING.weightWords().set(new short[][] {{63}}), builder -> {
                    builder.write(recording.writeAddresses(), recording.words());
                    for (int i = 0; i < 4; i++) {
                        builder.pause(2).spike(label);
                    }
                    builder.settle(5000).write(off.writeAddresses(), off.words());
                    return builder.barrier(Barrier.OMNIBUS);
                })
                .result()
                .spikes()
                .size();
    }
}
