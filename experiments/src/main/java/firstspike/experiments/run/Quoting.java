package firstspike.experiments.run;

/** Words as a shell takes them. */
public final class Quoting {

    private Quoting() {}

    /**
     * @param text any
     * @return the same as one word
     */
    public static String word(String text) {
        return text.matches("[A-Za-z0-9_./@:+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
