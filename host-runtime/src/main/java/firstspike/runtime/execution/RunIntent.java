package firstspike.runtime.execution;

/** What a batch is run for. */
public enum RunIntent {
    /** Its times will teach. */
    TRAIN,
    /** Its times will only be judged. */
    EVALUATE
}
