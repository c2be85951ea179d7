package firstspike.experiments.exchange;

import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.run.WeightFile;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.exchange.NpzFile;
import firstspike.runtime.network.ChipSettings;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Weights alone, whose shapes say how large the layers of an experiment must be (formats.md 4.1). */
public final class WeightsImport {

    private WeightsImport() {}

    /**
     * A network found for weights.
     *
     * @param like experiment with their inputs and biases
     * @param experiment with the layers of the weights
     * @param ignored names of other members
     */
    public record Found(ExperimentFile like, ImportedExperiment experiment, List<String> ignored) {}

    /**
     * @param file npz
     * @param like experiment with the inputs and biases of the weights; empty: the bundled one that fits
     * @return the network
     * @throws ExperimentException {@code WEIGHTS_DO_NOT_FIT} when none or several fit
     */
    public static Found find(Path file, Optional<ExperimentFile> like) {
        List<int[]> shapes = shapes(file);
        List<ExperimentFile> candidates = like.map(List::of).orElseGet(() -> ExperimentFile.bundledIds().stream()
                .map(ExperimentFile::bundled)
                .toList());
        List<ExperimentFile> fitting = new ArrayList<>();
        for (ExperimentFile candidate : candidates) {
            if (resized(ImportedExperiment.resolve(candidate).network(), shapes).isPresent()) {
                fitting.add(candidate);
            }
        }
        if (fitting.isEmpty() || fitting.size() > 1 && !sameNetwork(fitting, shapes)) {
            throw new ExperimentException(
                    ExperimentException.Code.WEIGHTS_DO_NOT_FIT,
                    file.toString(),
                    "layers of shapes " + shapes.stream().map(Arrays::toString).toList(),
                    fitting.isEmpty()
                            ? "inputs and biases of "
                                    + candidates.stream()
                                            .map(ExperimentFile::name)
                                            .toList()
                            : "one experiment; "
                                    + fitting.stream().map(ExperimentFile::name).toList() + " fit",
                    "name the experiment whose inputs and biases the weights have by --like EXP");
        }
        Experiment experiment = ImportedExperiment.resolve(fitting.get(0));
        Network network = resized(experiment.network(), shapes).orElseThrow();
        WeightFile weights = WeightFile.read(file, network);
        double tauUs =
                experiment.chip().orElseGet(ChipSettings::forNetworksWithout).tauUs();
        return new Found(fitting.get(0), new ImportedExperiment(network, weights.layers(), tauUs), weights.ignored());
    }

    private static boolean sameNetwork(List<ExperimentFile> files, List<int[]> shapes) {
        return files.stream()
                        .map(file -> resized(ImportedExperiment.resolve(file).network(), shapes))
                        .distinct()
                        .count()
                == 1;
    }

    private static List<int[]> shapes(Path file) {
        List<int[]> shapes = new ArrayList<>();
        try (NpzFile npz = NpzFile.open(file)) {
            for (int i = 0; ; i++) {
                Optional<String> member = member(npz, i);
                if (member.isEmpty()) {
                    break;
                }
                shapes.add(npz.shape(member.get()));
            }
        }
        return shapes;
    }

    private static Optional<String> member(NpzFile npz, int layer) {
        return List.of("layers/" + layer + "/weight", "layers_" + layer + "_weight", "w" + layer).stream()
                .filter(npz::has)
                .findFirst();
    }

    /** The network with layers as large as the weights, where inputs and biases agree. */
    private static Optional<Network> resized(Network network, List<int[]> shapes) {
        if (shapes.size() != network.layers().size()) {
            return Optional.empty();
        }
        List<Layer> layers = new ArrayList<>();
        int before = network.inputRows(0);
        for (int i = 0; i < shapes.size(); i++) {
            Layer layer = network.layers().get(i);
            int[] shape = shapes.get(i);
            if (shape.length != 2 || shape[0] != before + layer.biasRows()) {
                return Optional.empty();
            }
            layers.add(new Layer(layer.name(), shape[1], layer.biasTimes(), layer.biasCopies()));
            before = shape[1];
        }
        return before != network.outputs()
                ? Optional.empty()
                : Optional.of(new Network(network.inputs(), network.inputCopies(), network.neuron(), layers));
    }
}
