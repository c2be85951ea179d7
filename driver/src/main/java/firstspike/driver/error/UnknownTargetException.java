package firstspike.driver.error;

/** A target URI whose scheme, fidelity, option or value is unknown or malformed, or no target at all (targets.md 1). */
public final class UnknownTargetException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** @param message names the part, its value, and what is known instead */
    public UnknownTargetException(String message) {
        super(message);
    }
}
