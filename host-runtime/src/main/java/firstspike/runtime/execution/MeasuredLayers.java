package firstspike.runtime.execution;

import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.learning.MeasuredNeurons;
import firstspike.runtime.mapping.ChipMapping;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.NeuronModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What calibrations measured of the neurons of a network, in units of its time (inloop.md 4). On several chips the mean of
 * them counts, for they share their batches.
 *
 * @param layers from input to output
 * @param fallbacks values that were missing or implausible, for which the nominal one stands
 */
public record MeasuredLayers(List<MeasuredNeurons> layers, int fallbacks) {

    /** Ratio to the nominal value beyond which a measured one is not believed, up and down. */
    private static final double PLAUSIBLE = 2;

    /** Copies the list. */
    public MeasuredLayers {
        layers = List.copyOf(layers);
    }

    /**
     * @param mapping of the network onto the chips
     * @param results of their calibrations, at least one
     * @return constants of every neuron
     */
    public static MeasuredLayers of(ChipMapping mapping, List<CalibrationResult> results) {
        Reader reader = new Reader(mapping, results);
        List<MeasuredNeurons> layers = new ArrayList<>();
        for (int l = 0; l < mapping.network().layers().size(); l++) {
            layers.add(reader.layer(l));
        }
        return new MeasuredLayers(layers, reader.fallbacks);
    }

    private static final class Reader {

        private final ChipMapping mapping;
        private final List<CalibrationResult> results;
        private final int[] circuits;
        private int fallbacks;

        Reader(ChipMapping mapping, List<CalibrationResult> results) {
            this.mapping = mapping;
            this.results = results;
            circuits = mapping.outputCircuits();
        }

        MeasuredNeurons layer(int l) {
            NeuronModel neuron = mapping.network().neuron();
            double unit = 1 / mapping.settings().tauUs();
            return new MeasuredNeurons(
                    values(l, Quantity.TAU_MEM, unit * mapping.law(l).merged(), neuron.tauMem()),
                    values(l, Quantity.TAU_SYN_EXC, unit, neuron.tauSyn()),
                    values(l, Quantity.TAU_SYN_INH, unit, neuron.tauSyn()),
                    ratios(l));
        }

        private double[] values(int l, Quantity quantity, double unit, double nominal) {
            Layer layer = mapping.network().layers().get(l);
            double[] values = new double[layer.size()];
            for (CalibrationResult result : results) {
                Optional<double[]> measured = result.achieved(quantity);
                for (int n = 0; n < values.length; n++) {
                    double value = measured.isPresent() ? unit * measured.get()[circuit(l, n)] : Double.NaN;
                    values[n] += plausible(value, nominal) / results.size();
                }
            }
            return values;
        }

        private double[] ratios(int l) {
            double[] ratios = new double[mapping.network().layers().get(l).size()];
            for (CalibrationResult result : results) {
                Optional<double[]> inhibitory = result.achieved(Quantity.AMPLITUDE_INH);
                Optional<double[]> excitatory = result.achieved(Quantity.AMPLITUDE_EXC);
                for (int n = 0; n < ratios.length; n++) {
                    int circuit = circuit(l, n);
                    double ratio = inhibitory.isPresent() && excitatory.isPresent()
                            ? Math.abs(inhibitory.get()[circuit] / excitatory.get()[circuit])
                            : Double.NaN;
                    ratios[n] += plausible(ratio, 1) / results.size();
                }
            }
            return ratios;
        }

        private int circuit(int l, int neuron) {
            return circuits[mapping.firstNeuron(l) + neuron];
        }

        private double plausible(double value, double nominal) {
            if (value >= nominal / PLAUSIBLE && value <= nominal * PLAUSIBLE) {
                return value;
            }
            fallbacks++;
            return nominal;
        }
    }
}
