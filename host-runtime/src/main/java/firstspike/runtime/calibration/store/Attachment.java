package firstspike.runtime.calibration.store;

/**
 * Evidence that is kept beside a result, for example a page for people.
 *
 * @param name of the file, {@code [A-Za-z0-9_.-]} without a leading dot
 * @param content its bytes, handed over
 */
public record Attachment(String name, byte[] content) {

    /** Checks the name: {@link IllegalArgumentException} for another, or for a file that every result has. */
    public Attachment {
        if (!isName(name) || ResultFolder.OWN.contains(name)) {
            throw new IllegalArgumentException("name of a file beside a calibration: '" + name
                    + "' (limit: 1 to 64 of [A-Za-z0-9_.-], no leading dot, not one of " + ResultFolder.OWN + ")");
        }
    }

    static boolean isName(String name) {
        return name.matches("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}");
    }
}
