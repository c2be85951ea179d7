package firstspike.runtime.exchange.nir;

/** Keys of the metadata that our files carry in their root node, so that reading them asks for nothing. */
public final class NirKeys {

    /** Time unit of all times of the graph. */
    public static final String TIME_UNIT = "firstspike_time_unit";
    /** The experiment that the network belongs to, as JSON. */
    public static final String EXPERIMENT = "firstspike_experiment";

    /** One unit of model time, in the time unit. */
    static final String TAU = "firstspike_tau";
    /** Channels of the input that are data, before copying. */
    static final String INPUTS = "firstspike_inputs";
    /** Copies of the data channels. */
    static final String INPUT_COPIES = "firstspike_input_copies";
    /** Channels of the input that spike once in every sample. */
    static final String BIAS_CHANNELS = "firstspike_bias_channels";
    /** When they spike, in the time unit. */
    static final String BIAS_TIMES = "firstspike_bias_times";
    /** Which layer they belong to, from 0. */
    static final String BIAS_LAYERS = "firstspike_bias_layers";
    /** Copies of the bias times of each layer. */
    static final String BIAS_COPIES = "firstspike_bias_copies";
    /** Names that HDF5 does not allow, with what stands for them. */
    static final String RENAMED = "firstspike_renamed";
    /** What a spike does to a current. */
    static final String SYNAPSE = "firstspike_synapse";

    private NirKeys() {}
}
