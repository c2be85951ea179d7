package firstspike.experiments.run;

import firstspike.driver.error.ErrorDetail;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.exchange.NpyArray;
import firstspike.runtime.exchange.NpzFile;
import firstspike.runtime.network.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Weights alone, from a checkpoint or any npz with an array a layer (formats.md 4.1).
 *
 * @param layers per layer (presynaptic row, neuron), rows as the network has them
 * @param ignored names of other members
 */
public record WeightFile(double[][] layers, List<String> ignored) {

    private static final Pattern MEMBER =
            Pattern.compile("layers/([0-9]{1,6})/weight|layers_([0-9]{1,6})_weight|w([0-9]{1,6})");

    /**
     * @param path of the file
     * @param network that the weights are for
     * @return the weights
     * @throws ExperimentException {@code WEIGHTS_DO_NOT_FIT} naming file, member and both shapes
     */
    public static WeightFile read(Path path, Network network) {
        try (NpzFile file = NpzFile.open(path)) {
            TreeSet<String> left = new TreeSet<>(file.arrays());
            double[][] layers = new double[network.layers().size()][];
            for (int i = 0; i < layers.length; i++) {
                String member = member(path, file, i);
                left.remove(member);
                int rows = network.rows(i);
                int size = network.layers().get(i).size();
                refuseShape(path, member, file.shape(member), rows, size);
                layers[i] = weights(path, member, file.array(member), size);
            }
            for (String name : left) {
                Matcher matcher = MEMBER.matcher(name);
                if (matcher.matches()) {
                    throw misfit(
                            path + ", member " + name,
                            "a layer that the experiment does not have",
                            layers.length + " layers",
                            "name the experiment that the weights belong to");
                }
            }
            return new WeightFile(layers, List.copyOf(left));
        }
    }

    private static String member(Path path, NpzFile file, int layer) {
        List<String> found = new ArrayList<>();
        for (String name : List.of("layers/" + layer + "/weight", "layers_" + layer + "_weight", "w" + layer)) {
            if (file.has(name)) {
                found.add(name);
            }
        }
        if (found.size() != 1) {
            throw misfit(
                    path + ", layer " + layer,
                    found.isEmpty() ? "no member" : String.join(" and ", found),
                    "one of layers/" + layer + "/weight, layers_" + layer + "_weight, w" + layer,
                    "keep exactly one array a layer");
        }
        return found.get(0);
    }

    private static void refuseShape(Path path, String member, int[] shape, int rows, int size) {
        if (shape.length != 2 || shape[0] != rows || shape[1] != size) {
            boolean transposed = shape.length == 2 && shape[0] == size && shape[1] == rows;
            throw misfit(
                    path + ", member " + member,
                    "shape " + Arrays.toString(shape),
                    "shape [" + rows + ", " + size + "]: inputs and then biases, neurons",
                    transposed ? "only its transpose fits: transpose it" : "name the experiment that it belongs to");
        }
    }

    private static double[] weights(Path path, String member, NpyArray array, int size) {
        double[] weights = array.doubles();
        for (int i = 0; i < weights.length; i++) {
            if (!Double.isFinite(weights[i])) {
                throw misfit(
                        path + ", member " + member + " [" + i / size + ", " + i % size + "]",
                        weights[i],
                        "finite numbers",
                        "repair the file");
            }
        }
        return weights.clone();
    }

    private static ExperimentException misfit(String thing, Object value, Object limit, String remedy) {
        return new ExperimentException(
                ExperimentException.Code.WEIGHTS_DO_NOT_FIT, ErrorDetail.of(thing, value, limit, remedy), null);
    }
}
