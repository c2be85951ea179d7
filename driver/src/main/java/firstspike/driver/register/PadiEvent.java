package firstspike.driver.register;

import firstspike.driver.coordinate.Hemisphere;

/**
 * Event that the host puts on PADI buses which the crossbar does not feed (registers.md 8.3).
 *
 * @param hemisphere half of the chip
 * @param busMask bit k fires on bus k, 0..15
 * @param rowSelectAddress number of the driver on the bus, 0..31
 * @param eventAddress synapse label, 0..63
 */
public record PadiEvent(Hemisphere hemisphere, int busMask, int rowSelectAddress, int eventAddress)
        implements RegisterView {

    private static final int BUSES = 4;

    /** Checks the ranges: {@link IllegalArgumentException} outside. */
    public PadiEvent {
        if (busMask < 0 || busMask >= 1 << BUSES) {
            throw new IllegalArgumentException("PADIEvent.fire_bus: mask " + busMask + " is outside 0..15");
        }
        RegisterField.require(Container.PADI_EVENT, "row_select_address", rowSelectAddress);
        RegisterField.require(Container.PADI_EVENT, "event_address", eventAddress);
    }

    @Override
    public ContainerValues values() {
        ContainerValues values = Container.PADI_EVENT
                .layout()
                .defaults()
                .with("row_select_address", rowSelectAddress)
                .with("event_address", eventAddress);
        for (int bus = 0; bus < BUSES; bus++) {
            values = values.with("fire_bus", bus, (busMask >> bus & 1) != 0);
        }
        return values;
    }

    @Override
    public int coordinateIndex() {
        return hemisphere.index();
    }
}
