package firstspike.emulator;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.ColumnQuad;
import firstspike.driver.link.RunOptions;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.register.ColumnCorrelationQuad;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerValues;
import firstspike.driver.register.NeuronConfig;
import firstspike.driver.register.RegisterView;

/** Program words that make converters see the membranes of {@link TwoNeurons}, with the nominal codes of analog.md 14. */
final class ReadoutSetup {

    static final int MADC_CONTROL = 0x000C_0000;
    static final int WAKE = 0x21;
    static final int START = 0x22;
    static final int IDLE = 0x20;
    static final int STOP = 0x24;
    static final int CONTINUOUS = 0x30;
    static final int TOP_TRIGGER = 0x02C8_0000;
    static final int BOTTOM_TRIGGER = 0x03C8_0000;
    static final int BUFFERED = 0x0020_0000;
    static final int ACAUSAL = 0x0004_0000;
    /** Columns of the two neurons, both even and in the top half, in quads 0 and 0. */
    static final int FIRST_COLUMN = 4;

    static final int SECOND_COLUMN = 6;

    private static final int CAPMEM = 0x0014_0000 + 32 * 128;
    private static final int RAMP_OFFSET = 4;
    private static final int RAMP_SLOPE = 15;
    private static final long CAPMEM_TICKS = 2_600_000;

    private ReadoutSetup() {}

    /** A bench whose neurons are set up and whose converters see them; the MADC sees the first one, and sleeps. */
    static Bench bench() {
        return bench("emu:nominal");
    }

    static Bench bench(String target) {
        Bench bench = Bench.initialised(target);
        bench.chip.run(TwoNeurons.configuration(), RunOptions.defaults());
        bench.chip.run(configuration(), RunOptions.defaults());
        return bench;
    }

    /** The configuration that follows the one of the neurons, and the wait until the CapMem holds it. */
    static PlaybackProgram configuration() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        for (int half = 0; half < 2; half++) {
            write(builder, Container.CADC_CONFIG, half, cadc().with("enable", true));
            for (int channel = 0; channel < 512; channel++) {
                write(
                        builder,
                        Container.CADC_CHANNEL_CONFIG,
                        512 * half + channel,
                        Container.CADC_CHANNEL_CONFIG.layout().defaults());
            }
        }
        for (int quadrant = 0; quadrant < 4; quadrant++) {
            builder.write(CAPMEM + 0x8000 * quadrant + RAMP_OFFSET, 70);
            builder.write(CAPMEM + 0x8000 * quadrant + RAMP_SLOPE, 300);
        }
        for (int quad = 0; quad < ColumnQuad.COUNT; quad++) {
            ColumnCorrelationQuad switches = ColumnCorrelationQuad.defaults(ColumnQuad.of(quad));
            for (int entry = 0; entry < 4; entry++) {
                switches = switches.withInternal(entry, true).withNeuronReadout(entry, true);
            }
            write(builder, switches);
        }
        write(builder, neuron(FIRST_COLUMN).withReadout(true));
        write(builder, neuron(SECOND_COLUMN));
        madc(builder, madc());
        source(builder, "buffer[0].neuron_even[0]");
        return builder.barrier(Barrier.OMNIBUS).pause(CAPMEM_TICKS).done();
    }

    /** The configuration that {@link TwoNeurons} gives its neurons, with the readout amplifier on. */
    static NeuronConfig neuron(int column) {
        return NeuronConfig.defaults(AtomicNeuron.of(column))
                .withMembraneCapacitorSize(63)
                .withSynapticInputExcitatory(true)
                .withSynapticInputInhibitory(true)
                .withFire(true)
                .withThresholdComparator(true)
                .withReadoutAmplifier(true);
    }

    static ContainerValues cadc() {
        return Container.CADC_CONFIG.layout().defaults();
    }

    static ContainerValues madc() {
        return Container.MADC_CONFIG.layout().defaults();
    }

    static PlaybackProgramBuilder madc(PlaybackProgramBuilder builder, ContainerValues values) {
        return write(builder, Container.MADC_CONFIG, 0, values);
    }

    /** Connects one source to multiplexer 0. */
    static PlaybackProgramBuilder source(PlaybackProgramBuilder builder, String field) {
        return write(
                builder,
                Container.READOUT_SOURCE_SELECTION,
                0,
                Container.READOUT_SOURCE_SELECTION
                        .layout()
                        .defaults()
                        .with(field, true)
                        .with("enable_buffer_to_pad[0]", true)
                        .with("enable_buffer_to_pad[1]", true));
    }

    /** Wakes the MADC and waits until it is ready. */
    static PlaybackProgramBuilder woken() {
        return Bench.p0().write(MADC_CONTROL, WAKE).pause(1000);
    }

    static PlaybackProgramBuilder write(PlaybackProgramBuilder builder, RegisterView view) {
        return builder.write(view.writeAddresses(), view.words());
    }

    static PlaybackProgramBuilder write(
            PlaybackProgramBuilder builder, Container container, int coordinate, ContainerValues values) {
        return builder.write(container.layout().writeAddresses(coordinate), values.words());
    }
}
