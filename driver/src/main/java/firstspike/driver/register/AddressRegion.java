package firstspike.driver.register;

/**
 * Interval of omnibus addresses within which all words belong to one container.
 *
 * @param first lowest address, as an unsigned number
 * @param last highest address, as an unsigned number
 * @param container owner
 * @param coordinate first coordinate of the region
 * @param words words of the container that lie here
 */
record AddressRegion(long first, long last, Container container, int coordinate, int[] words) {

    @Override
    public String toString() {
        return String.format("%s 0x%08X..0x%08X", container.title(), first, last);
    }
}
