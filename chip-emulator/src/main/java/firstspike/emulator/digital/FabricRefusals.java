package firstspike.emulator.digital;

import firstspike.driver.link.ErrorDetail;
import firstspike.driver.link.UnsupportedOnTargetException;

/** What the chip cannot do yet, as typed errors that carry the tick. */
final class FabricRefusals {
    private FabricRefusals() {}

    static UnsupportedOnTargetException driver(int driver, String mode, long tick) {
        return new UnsupportedOnTargetException(
                ErrorDetail.of(
                                "synapse driver " + (driver & 127) + " of half " + (driver >> 7),
                                "event with " + mode,
                                "not modelled by this emulator",
                                "switch it off or choose another target")
                        .with("tick", tick),
                null);
    }
}
