package firstspike.runtime.exchange.nir;

import firstspike.runtime.network.Network;
import java.util.List;

/**
 * A network that another program wrote.
 *
 * @param network in units of tau
 * @param weights of each layer (presynaptic row, neuron)
 * @param tauUs one unit of model time on the chip, microseconds
 * @param experiment that the file says it belongs to, as JSON; empty text: none
 * @param notes what a reader should know: units, what was found, what was folded or left out
 */
public record ImportedNetwork(
        Network network, double[][] weights, double tauUs, String experiment, List<String> notes) {

    /** Copies the notes. */
    public ImportedNetwork {
        notes = List.copyOf(notes);
    }
}
