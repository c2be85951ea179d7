package firstspike.driver.coordinate;

/** Range check shared by all coordinates. */
final class Bounds {

    private Bounds() {}

    /**
     * Checks that {@code 0 <= value < size}.
     *
     * @param coordinate name of the coordinate, as the message shall show it
     * @throws IllegalArgumentException if the value is outside
     */
    static void check(String coordinate, int value, int size) {
        if (value < 0 || value >= size) {
            throw new IllegalArgumentException(
                    coordinate + " " + value + " is outside 0.." + (size - 1) + "; choose a number in that range");
        }
    }
}
