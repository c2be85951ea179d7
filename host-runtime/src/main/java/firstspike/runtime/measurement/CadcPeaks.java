package firstspike.runtime.measurement;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.NeuronColumn;
import firstspike.driver.link.RunResult;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticket;
import firstspike.driver.playback.Ticks;
import firstspike.driver.readout.CadcTrace;
import java.util.EnumMap;
import java.util.Map;

/** The largest of many causal readings of each neuron, taken as fast as a program can, one half after the other. */
public final class CadcPeaks {

    private final Map<Hemisphere, Ticket<CadcTrace>> traces = new EnumMap<>(Hemisphere.class);

    private CadcPeaks() {}

    /**
     * Adds both traces, 2.048 µs a reading (playback.md 7.2).
     *
     * @param program gets 66 instructions for each reading and half
     * @param readings of each neuron, 1 or more
     * @return tickets of the traces
     */
    public static CadcPeaks read(PlaybackProgramBuilder program, int readings) {
        CadcPeaks peaks = new CadcPeaks();
        for (Hemisphere half : Hemisphere.values()) {
            peaks.traces.put(half, CadcTrace.read(program, half, Ticks.of(CadcTrace.SHORTEST_PERIOD), readings));
        }
        return peaks;
    }

    /**
     * @param result of the program
     * @return the largest reading of each neuron, in LSB
     */
    public double[] of(RunResult result) {
        double[] largest = new double[AtomicNeuron.COUNT];
        traces.forEach((half, ticket) -> {
            CadcTrace trace = result.get(ticket);
            for (int column = 0; column < NeuronColumn.COUNT; column++) {
                NeuronColumn place = NeuronColumn.of(column);
                int most = 0;
                for (int k = 0; k < trace.size(); k++) {
                    most = Math.max(most, trace.value(k, place));
                }
                largest[place.neuron(half).index()] = most;
            }
        });
        return largest;
    }
}
