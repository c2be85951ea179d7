package firstspike.runtime.execution;

import firstspike.runtime.network.LayerRows;
import java.util.List;

/**
 * What a trainer must know of an executor.
 *
 * @param target URI of the target
 * @param fidelity {@code ideal}, {@code nominal}, {@code varied}, …
 * @param chipId identity of the chip, {@code ideal} for none
 * @param weightStep distance of two weights a layer can have, in units of the network; 0: any
 * @param weightLimit largest magnitude of a weight a layer can have; infinite: none
 * @param rowLimits largest magnitude a weight row, a layer; empty where all rows of a layer can have its largest one
 * @param integerScale LSB a unit weight has a layer; 0 where weights are no integers
 * @param rows how the weight rows lie on the chip, a layer; empty where there is none
 * @param nextProgram ordinal of the next program, for checkpoints; 0 where there are none
 */
public record ExecutorTraits(
        String target,
        String fidelity,
        String chipId,
        List<Double> weightStep,
        List<Double> weightLimit,
        List<double[]> rowLimits,
        List<Double> integerScale,
        List<LayerRows> rows,
        long nextProgram) {

    /** Copies the lists. */
    public ExecutorTraits {
        weightStep = List.copyOf(weightStep);
        weightLimit = List.copyOf(weightLimit);
        rowLimits = List.copyOf(rowLimits);
        integerScale = List.copyOf(integerScale);
        rows = List.copyOf(rows);
    }
}
