package firstspike.driver.register;

import firstspike.driver.coordinate.CapMemCell;

/**
 * Value of one analog parameter (registers.md 10.1).
 *
 * @param cell the cell
 * @param value 0..1022, or {@link #DISABLE_REFRESH}
 */
public record CapMemCellValue(CapMemCell cell, int value) implements RegisterView {

    /** Code that stops the refresh, so that the cell floats. */
    public static final int DISABLE_REFRESH = 1023;

    /** Largest value. */
    public static final int MAXIMUM = 1022;

    /** Checks the range: {@link IllegalArgumentException} outside. */
    public CapMemCellValue {
        if (value != DISABLE_REFRESH) {
            RegisterField.require(Container.CAPMEM_CELL, "value", value);
        }
    }

    /** A cell that is no longer refreshed. */
    public static CapMemCellValue refreshDisabled(CapMemCell cell) {
        return new CapMemCellValue(cell, DISABLE_REFRESH);
    }

    @Override
    public ContainerValues values() {
        ContainerValues defaults = Container.CAPMEM_CELL.layout().defaults();
        return value == DISABLE_REFRESH ? defaults.with("value", "disable_refresh") : defaults.with("value", value);
    }

    @Override
    public int coordinateIndex() {
        return cell.index();
    }
}
