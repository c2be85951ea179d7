package firstspike.driver.register;

/**
 * One instance of a container with named setters: its fields, its place, and what is written where. All views are
 * immutable records.
 */
public interface RegisterView {

    /** The fields. */
    ContainerValues values();

    /** Number of the instance, as registers.md 3.1 counts. */
    int coordinateIndex();

    /** The container. */
    default Container container() {
        return values().layout().container();
    }

    /** Words in write order. */
    default int[] words() {
        return values().layout().encode(values(), coordinateIndex());
    }

    /** Addresses in write order, as many as {@link #words()}. */
    default int[] writeAddresses() {
        return values().layout().writeAddresses(coordinateIndex());
    }

    /** Checks that values belong to a container: {@link IllegalArgumentException} otherwise. */
    static void requireContainer(Container container, ContainerValues values) {
        if (values.layout().container() != container) {
            throw new IllegalArgumentException(
                    values.layout() + " values given to a view of " + container.title() + "; start from its defaults");
        }
    }
}
