package firstspike.runtime.exchange.nir;

import firstspike.runtime.exchange.hdf.HdfArray;
import java.util.Optional;

/** A node of a graph. Arrays are handed over, not copied. */
public sealed interface NirNode {

    /** Name that is unique in its graph. */
    String name();

    /** Which kind it is, for switches. */
    Kind kind();

    /** Type as the file names it. */
    String type();

    /** Kinds of nodes. */
    enum Kind {
        /** Where spikes come in. */
        INPUT,
        /** Where spikes go out. */
        OUTPUT,
        /** A weight matrix, with a bias or without. */
        LINEAR,
        /** A factor for each channel. */
        SCALE,
        /** A delay of each channel. */
        DELAY,
        /** Leaky neurons with a current that decays. */
        CUBA_LIF,
        /** Anything else, which is named and not read. */
        OTHER
    }

    /**
     * Where spikes come in.
     *
     * @param name of the node
     * @param shape of the channels
     */
    record Input(String name, int[] shape) implements NirNode {
        @Override
        public Kind kind() {
            return Kind.INPUT;
        }

        @Override
        public String type() {
            return "Input";
        }
    }

    /**
     * Where spikes go out.
     *
     * @param name of the node
     * @param shape of the channels
     */
    record Output(String name, int[] shape) implements NirNode {
        @Override
        public Kind kind() {
            return Kind.OUTPUT;
        }

        @Override
        public String type() {
            return "Output";
        }
    }

    /**
     * A weight matrix.
     *
     * @param name of the node
     * @param weight of shape (out, in)
     * @param bias a number for each output, which makes it an {@code Affine}; empty: {@code Linear}
     */
    record Linear(String name, HdfArray weight, Optional<double[]> bias) implements NirNode {
        @Override
        public Kind kind() {
            return Kind.LINEAR;
        }

        @Override
        public String type() {
            return bias.isPresent() ? "Affine" : "Linear";
        }
    }

    /**
     * A factor for each channel.
     *
     * @param name of the node
     * @param scale factors
     */
    record Scale(String name, double[] scale) implements NirNode {
        @Override
        public Kind kind() {
            return Kind.SCALE;
        }

        @Override
        public String type() {
            return "Scale";
        }
    }

    /**
     * A delay of each channel.
     *
     * @param name of the node
     * @param delay in the time unit of the graph
     */
    record Delay(String name, double[] delay) implements NirNode {
        @Override
        public Kind kind() {
            return Kind.DELAY;
        }

        @Override
        public String type() {
            return "Delay";
        }
    }

    /**
     * Leaky neurons with a current that decays: {@code tau_syn dI/dt = -I}, {@code tau_mem dv/dt = (v_leak - v) + r I}. All
     * arrays have one element a neuron.
     *
     * @param name of the node
     * @param tauSyn synaptic time constants in the time unit of the graph
     * @param tauMem membrane time constants
     * @param r resistances
     * @param vLeak leak potentials
     * @param vThreshold thresholds
     * @param vReset potentials after a spike
     * @param wIn factors of incoming weights
     */
    record CubaLif(
            String name,
            double[] tauSyn,
            double[] tauMem,
            double[] r,
            double[] vLeak,
            double[] vThreshold,
            double[] vReset,
            double[] wIn)
            implements NirNode {
        @Override
        public Kind kind() {
            return Kind.CUBA_LIF;
        }

        @Override
        public String type() {
            return "CubaLIF";
        }

        /** Number of neurons. */
        public int size() {
            return tauSyn.length;
        }
    }

    /**
     * A node of a type that no network of ours has.
     *
     * @param name of the node
     * @param type as the file names it
     */
    record Other(String name, String type) implements NirNode {
        @Override
        public Kind kind() {
            return Kind.OTHER;
        }
    }
}
