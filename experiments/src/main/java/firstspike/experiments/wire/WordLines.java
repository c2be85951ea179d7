package firstspike.experiments.wire;

/** Turns the words of one direction into lines. */
interface WordLines {

    /**
     * Takes the next word.
     *
     * @param word any
     * @param place of its frame
     */
    void word(long word, Place place);

    /** Words are missing here: decoding begins anew. */
    void gap();

    /**
     * The stream ends.
     *
     * @param place of the end
     */
    void finish(Place place);

    /** Messages so far. */
    long messages();

    /** Words that were no message so far. */
    long errors();
}
