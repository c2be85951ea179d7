package firstspike.runtime.target;

/** What stands behind a target URI (targets.md). */
public sealed interface Target extends AutoCloseable permits IdealTarget, ChipTarget {

    /** Which of the two it is. */
    Kind kind();

    /** The URI as given; printed with every result. */
    String uri();

    @Override
    void close();

    /** Kinds of targets. */
    enum Kind {
        /** No chip: exact arithmetic. */
        IDEAL,
        /** One or several chips. */
        CHIP
    }
}
