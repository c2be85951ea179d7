package firstspike.runtime.target;

/** Exact arithmetic without a chip: {@code ideal:}, fidelity and chip id {@code ideal} (targets.md 5). */
public record IdealTarget() implements Target {

    /** Its scheme, its fidelity and its chip id. */
    public static final String NAME = "ideal";

    @Override
    public Kind kind() {
        return Kind.IDEAL;
    }

    @Override
    public String uri() {
        return NAME + ":";
    }

    /** Nothing is open. */
    @Override
    public void close() {}
}
