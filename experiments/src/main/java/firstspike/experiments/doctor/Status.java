package firstspike.experiments.doctor;

/** How a check came out, from good to bad. */
public enum Status {
    /** As expected. */
    OK,
    /** Not looked at. */
    SKIPPED,
    /** Works, but not as well as it could. */
    WARN,
    /** Does not work. */
    FAIL
}
