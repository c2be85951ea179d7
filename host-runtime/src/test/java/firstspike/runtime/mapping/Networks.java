package firstspike.runtime.mapping;

import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ScriptedLink;
import firstspike.runtime.network.ChipSettings;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import firstspike.runtime.network.NeuronModel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Networks that tests map. */
public final class Networks {

    /** Chip settings of the published Yin-Yang run. */
    public static final ChipSettings SETTINGS = settings(30, 1000);

    private Networks() {}

    /** Neuron of the published chip runs, c = 1.52. */
    public static NeuronModel neuron() {
        return new NeuronModel(1, 1, 4, 0.7, 1.08);
    }

    public static ChipSettings settings(double scaleWeights, int dac) {
        return settings(scaleWeights, dac, OptionalInt.of(2), OptionalInt.of(1));
    }

    /** Settings of the published run with other neurons and copies; empty: the smallest that do, as many as needed. */
    public static ChipSettings settings(OptionalInt neuronSize, OptionalInt rowCopies) {
        return settings(30, 1000, neuronSize, rowCopies);
    }

    private static ChipSettings settings(double scaleWeights, int dac, OptionalInt neuronSize, OptionalInt rowCopies) {
        return new ChipSettings(
                6,
                30,
                100,
                5,
                scaleWeights,
                rowCopies,
                ChipSettings.TimeZero.MARKER,
                ChipSettings.SourceOrder.SPREAD,
                dac,
                neuronSize,
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    /** The published network: four inputs and a bias, five copies each, 120 and 3 neurons. */
    public static Network yinYang() {
        return new Network(
                4,
                5,
                neuron(),
                List.of(new Layer("hidden", 120, List.of(0.9), 5), new Layer("label", 3, List.of(), 1)));
    }

    /** Plain layers without biases. */
    public static Network plain(int inputs, int... sizes) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            layers.add(new Layer("layer" + i, sizes[i], List.of(), 1));
        }
        return new Network(inputs, 1, neuron(), layers);
    }

    /** Mapped with the published settings. */
    public static ChipMapping mapped(Network network) {
        return Mapper.map(network, SETTINGS, chip(), false);
    }

    /** A chip that needs no calibration. */
    public static ChipDescription chip() {
        return new ScriptedLink().describe();
    }
}
