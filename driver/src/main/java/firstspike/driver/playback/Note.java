package firstspike.driver.playback;

/**
 * Something worth knowing that is not an error: part of a result or a program (errors.md 6).
 *
 * @param name kebab case, API
 * @param text for people
 * @param count how often
 */
public record Note(String name, String text, long count) {

    /**
     * @param name kebab case
     * @param text for people
     * @return a note that happened once
     */
    public static Note of(String name, String text) {
        return new Note(name, text, 1);
    }
}
