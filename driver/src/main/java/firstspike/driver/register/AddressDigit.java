package firstspike.driver.register;

/**
 * One digit of a coordinate's number: adds a listed base, or a stride per step. A digit with bases opens a separate
 * region for each of its values; digits with strides stay within one.
 *
 * @param count number of values
 * @param bases addend of each value, or empty
 * @param strides one for all words, or one per word; empty if there are bases
 */
record AddressDigit(int count, int[] bases, int[] strides) {

    boolean opensRegions() {
        return bases.length > 0;
    }

    int addend(int value, int word) {
        return opensRegions() ? bases[value] : value * stride(word);
    }

    int stride(int word) {
        return strides.length == 1 ? strides[0] : strides[word];
    }
}
