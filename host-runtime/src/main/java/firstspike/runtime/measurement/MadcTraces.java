package firstspike.runtime.measurement;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.SampleColumns;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.PlaybackProgramBuilder.Marker;
import firstspike.driver.playback.Ticket;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerLayout;
import firstspike.driver.register.ContainerValues;
import firstspike.driver.register.MadcSampleRate;
import firstspike.driver.register.NeuronConfig;
import firstspike.runtime.session.ChipConfiguration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Traces of neurons by the MADC, one neuron after the other in one program (analog.md 15): 29.4 samples a microsecond unless the bench divides the clock. The
 * bench keeps all its switches: what a trace connects, its program disconnects again.
 */
public final class MadcTraces {

    /** Samples that a recording can have. */
    public static final int MOST_SAMPLES = 65_535;

    static final int WAKE = 0x21;
    static final int START = 0x22;
    static final int IDLE = 0x20;
    static final int STOP = 0x24;
    static final int CONTROL = Container.MADC_CONTROL.layout().writeAddresses(0)[0];
    /** Waking takes 24 ticks of the undivided clock; the chip's reference measurements wait a millisecond. */
    static final long WAKING_TICKS = 125_000;
    /** Until the last sample has left the chip. */
    private static final long TAIL_TICKS = 64;

    private static final double TICK_S = 8e-9;

    private final int[] neurons;
    private final List<Ticket<Marker>> markers = new ArrayList<>();
    private final int samples;
    private final long ticks;

    private MadcTraces(int[] neurons, int samples, double hertz) {
        this.neurons = neurons;
        this.samples = samples;
        ticks = (long) Math.ceil(samples / hertz / TICK_S);
    }

    /**
     * Adds recordings, neuron after neuron.
     *
     * @param bench whose switches hold while nothing is connected; readout amplifiers are on and see what shall be recorded
     * @param program gets the instructions
     * @param neurons to record, in order
     * @param samples of each, 1 to {@link #MOST_SAMPLES}
     * @param stimulus adds what happens in front of a recording's start and while it runs; it may wait, and the recording is
     *     waited for afterwards in any case: {@code start} of the {@link Recording} begins it
     * @return what finds the traces in the result
     */
    public static MadcTraces record(
            Bench bench,
            PlaybackProgramBuilder program,
            int[] neurons,
            int samples,
            BiConsumer<Recording, AtomicNeuron> stimulus) {
        ContainerLayout madc = Container.MADC_CONFIG.layout();
        ContainerValues settings = bench.configuration().values(Container.MADC_CONFIG, 0);
        double hertz = MadcSampleRate.of(settings, MadcSampleRate.CLOCK_HZ).hertz();
        MadcTraces traces = new MadcTraces(neurons.clone(), samples, hertz);
        write(program, madc, 0, settings.with("number_of_samples", samples));
        program.write(CONTROL, WAKE).barrier(Barrier.OMNIBUS).pause(WAKING_TICKS);
        ChipConfiguration inForce = bench.inForce();
        for (int n : neurons) {
            AtomicNeuron neuron = AtomicNeuron.of(n);
            NeuronConfig switches = Bench.neuron(inForce, neuron);
            write(program, Container.READOUT_SOURCE_SELECTION.layout(), 0, source(neuron));
            Recording recording = traces.new Recording(program, switches.withReadout(true));
            write(program, switches.values().layout(), n, recording.switches().values());
            program.barrier(Barrier.OMNIBUS);
            stimulus.accept(recording, neuron);
            recording.finish();
            write(program, switches.values().layout(), n, switches.values());
        }
        write(program, madc, 0, settings);
        program.write(CONTROL, IDLE);
        write(
                program,
                Container.READOUT_SOURCE_SELECTION.layout(),
                0,
                bench.configuration().values(Container.READOUT_SOURCE_SELECTION, 0));
        program.barrier(Barrier.OMNIBUS);
        return traces;
    }

    static ContainerValues source(AtomicNeuron neuron) {
        String parity = neuron.column().index() % 2 == 0 ? "neuron_even" : "neuron_odd";
        int half = neuron.hemisphere() == Hemisphere.TOP ? 0 : 1;
        return Container.READOUT_SOURCE_SELECTION
                .layout()
                .defaults()
                .with("buffer[0]." + parity + "[" + half + "]", true)
                .with("enable_buffer_to_pad[0]", true)
                .with("enable_buffer_to_pad[1]", true);
    }

    private static void write(
            PlaybackProgramBuilder program, ContainerLayout layout, int place, ContainerValues values) {
        program.write(layout.writeAddresses(place), layout.encode(values, place));
    }

    /**
     * @param result of the program
     * @return a trace for each neuron in the order of the recordings
     */
    public List<MadcTrace> of(RunResult result) {
        SampleColumns all = result.samples();
        List<MadcTrace> traces = new ArrayList<>();
        int at = 0;
        for (int k = 0; k < neurons.length; k++) {
            long begin = result.fpgaTime(markers.get(k));
            long end = k + 1 < neurons.length ? result.fpgaTime(markers.get(k + 1)) : Long.MAX_VALUE;
            int[] ticks = new int[samples];
            short[] values = new short[samples];
            int count = 0;
            while (at < all.size() && all.chipTime(at) < end) {
                if (count < samples && all.chipTime(at) >= begin) {
                    ticks[count] = (int) (all.chipTime(at) - begin);
                    values[count++] = (short) all.value(at);
                }
                at++;
            }
            traces.add(new MadcTrace(
                    AtomicNeuron.of(neurons[k]), Arrays.copyOf(ticks, count), Arrays.copyOf(values, count)));
        }
        return traces;
    }

    /** A recording that is being added to a program. */
    public final class Recording {

        private final PlaybackProgramBuilder program;
        private final NeuronConfig switches;
        private boolean started;

        private Recording(PlaybackProgramBuilder program, NeuronConfig switches) {
            this.program = program;
            this.switches = switches;
        }

        /** Switches of the neuron while it is recorded, for a stimulus that changes one of them. */
        public NeuronConfig switches() {
            return switches;
        }

        /** Where instructions go. */
        public PlaybackProgramBuilder program() {
            return program;
        }

        /** Begins sampling; times of the trace count from here. The timer is reset. */
        public Recording start() {
            started = true;
            program.timerReset();
            markers.add(program.marker());
            program.write(CONTROL, START).write(CONTROL, IDLE);
            return this;
        }

        private void finish() {
            if (!started) {
                start();
            }
            program.waitUntil(ticks + TAIL_TICKS).barrier(Barrier.OMNIBUS);
        }
    }
}
