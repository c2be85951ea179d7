package firstspike.runtime.mapping;

/**
 * How much of a resource is used.
 *
 * @param used so many
 * @param available of so many
 */
public record Usage(int used, int available) {

    @Override
    public String toString() {
        return used + " of " + available;
    }
}
