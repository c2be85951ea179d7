package firstspike.runtime.session;

/**
 * Words that a chip shall have from the next program on, beside its configuration: the fast way for weights. The arrays
 * are read, never kept.
 *
 * @param places in ascending order, below {@link ChipConfiguration#size()}
 * @param words one a place
 */
public record WordPatch(int[] places, int[] words) {

    /** Nothing changes. */
    public static final WordPatch NONE = new WordPatch(new int[0], new int[0]);

    /** Checks the lengths. */
    public WordPatch {
        if (places.length != words.length) {
            throw new IllegalArgumentException("word patch: " + places.length + " places, " + words.length
                    + " words (limit: equal); give one word a place");
        }
    }
}
