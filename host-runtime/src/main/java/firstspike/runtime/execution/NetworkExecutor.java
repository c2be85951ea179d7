package firstspike.runtime.execution;

import firstspike.runtime.network.AfterSpike;
import java.util.Optional;

/**
 * Runs one network on batches of input spike times and returns the first spike time of every neuron. One owner thread.
 */
public interface NetworkExecutor extends AutoCloseable {

    /** Weight step and limit a layer, fidelity, and what else a trainer must know. */
    ExecutorTraits traits();

    /**
     * Puts weights into force for the next runs.
     *
     * @param shadow float weights; read, never kept
     * @return what is really set
     */
    WeightsInForce load(LayerWeights shadow);

    /**
     * Runs a batch.
     *
     * @param batch input spikes of all samples; no samples is legal
     * @param intent training or evaluation
     * @return first spike times of all layers, and counters
     */
    FirstSpikes run(InputSpikes batch, RunIntent intent);

    /**
     * What its neurons really do after a spike, where that is not what the network asks for.
     *
     * @return times in units of tau; empty: as asked for
     */
    default Optional<AfterSpike> afterSpike() {
        return Optional.empty();
    }

    @Override
    void close();
}
