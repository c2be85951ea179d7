package firstspike.runtime.calibration.target;

/** Steps that a set of targets asks for by giving one of their keys (calibration.md 2: what is off by default). */
public enum TargetStep {
    /** Part of every calibration. */
    ALWAYS,
    /** Excitatory inputs based on a conductance. */
    COBA_EXC,
    /** Inhibitory inputs based on a conductance. */
    COBA_INH,
    /** Conductance between compartments. */
    ICC,
    /** Short-term plasticity of the drivers. */
    STP,
    /** Correlation sensors. */
    CORRELATION
}
