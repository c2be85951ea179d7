package firstspike.experiments.config;

/** Who named the target of an experiment. */
public enum TargetOrigin {
    /** The option {@code --target}. */
    OPTION,
    /** The experiment file, or a {@code --set}. */
    FILE,
    /** The environment variable {@code FIRSTSPIKE_TARGET}. */
    ENVIRONMENT,
    /** Nobody. */
    NONE
}
