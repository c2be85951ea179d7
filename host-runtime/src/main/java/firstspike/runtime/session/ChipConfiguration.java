package firstspike.runtime.session;

import firstspike.driver.coordinate.CapMemCell;
import firstspike.driver.register.CapMemCellValue;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerLayout;
import firstspike.driver.register.ContainerValues;
import firstspike.driver.register.RegisterView;
import java.util.Arrays;

/**
 * Every register word of a chip in the order in which it is written (registers.md 17). Words are found by their place, a
 * number below {@link #size()}. Immutable; made with {@link #defaults()} and {@link #change()}.
 */
public final class ChipConfiguration {

    private static final ConfigurationLayout LAYOUT = ConfigurationLayout.standard();
    private static final ChipConfiguration DEFAULTS = registerDefaults();

    private final int[] words;

    private ChipConfiguration(int[] words) {
        this.words = words;
    }

    /** All registers at their defaults, all analog codes 0: nothing listens and nothing fires. */
    public static ChipConfiguration defaults() {
        return DEFAULTS;
    }

    /** Number of words. */
    public static int size() {
        return LAYOUT.size();
    }

    /**
     * @param place of a word
     * @return its Omnibus address
     */
    public static int address(int place) {
        return LAYOUT.address(place);
    }

    /**
     * @param quad number of a synapse quad, 0 to 32767
     * @return place of the word with its four weights
     */
    public static int weightPlace(int quad) {
        return LAYOUT.place(Container.SYNAPSE_WEIGHT_QUAD, quad);
    }

    /**
     * @param quad number of a synapse quad, 0 to 32767
     * @return place of the word with its four labels
     */
    public static int labelPlace(int quad) {
        return LAYOUT.place(Container.SYNAPSE_LABEL_QUAD, quad);
    }

    /**
     * @param cell an analog parameter that is in use
     * @return place of its code
     */
    public static int codePlace(CapMemCell cell) {
        return LAYOUT.place(Container.CAPMEM_CELL, cell.index());
    }

    static boolean isAnalog(int place) {
        return LAYOUT.isAnalog(place);
    }

    /**
     * @param place of a word
     * @return the word
     */
    public int word(int place) {
        return words[place];
    }

    /**
     * The fields of one instance, as they would be read back.
     *
     * @param container a container of the configuration
     * @param coordinate number of the instance
     * @return its values
     */
    public ContainerValues values(Container container, int coordinate) {
        ContainerLayout layout = container.layout();
        int place = LAYOUT.place(container, coordinate);
        return layout.decode(Arrays.copyOfRange(words, place, place + layout.wordCount()), coordinate);
    }

    /** A builder that starts from this configuration. */
    public Builder change() {
        return new Builder(words.clone());
    }

    int[] copyWords() {
        return words.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChipConfiguration that && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return "ChipConfiguration(" + words.length + " words)";
    }

    private static ChipConfiguration registerDefaults() {
        Builder builder = new Builder(new int[LAYOUT.size()]);
        LAYOUT.forEachInstance((container, coordinate) ->
                builder.set(container, coordinate, container.layout().defaults()));
        return builder.build();
    }

    /** Changes registers of a configuration; one owner thread. */
    public static final class Builder {

        private int[] words;

        private Builder(int[] words) {
            this.words = words;
        }

        /**
         * @param view one instance with its fields
         * @return this
         */
        public Builder set(RegisterView view) {
            return set(view.container(), view.coordinateIndex(), view.values());
        }

        /**
         * @param container of the configuration
         * @param coordinate number of the instance
         * @param values its fields
         * @return this
         */
        public Builder set(Container container, int coordinate, ContainerValues values) {
            int[] encoded = container.layout().encode(values, coordinate);
            System.arraycopy(encoded, 0, words, LAYOUT.place(container, coordinate), encoded.length);
            return this;
        }

        /**
         * @param cell an analog parameter that is in use
         * @param code 0 to 1022
         * @return this
         */
        public Builder code(CapMemCell cell, int code) {
            if (code < 0 || code > CapMemCellValue.MAXIMUM) {
                throw new IllegalArgumentException("code of " + cell + ": " + code + " (limit: 0 to "
                        + CapMemCellValue.MAXIMUM + "); clip it to the range");
            }
            words[codePlace(cell)] = code;
            return this;
        }

        /** The changed configuration; the builder is used up. */
        public ChipConfiguration build() {
            ChipConfiguration built = new ChipConfiguration(words);
            words = null;
            return built;
        }
    }
}
