package firstspike.runtime.learning;

/** Ratio of membrane to synaptic time constant, as far as it decides which closed form exists. */
public enum TimeConstantRatio {
    /** Both are the same number. */
    EQUAL,
    /** The membrane's is exactly twice the synapse's. */
    DOUBLE,
    /** Any other ratio: no closed form, the general solution is used. */
    OTHER
}
