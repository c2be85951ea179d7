package firstspike.emulator.digital;

import firstspike.driver.link.ErrorDetail;
import firstspike.driver.link.PpuExecutionUnsupportedException;
import firstspike.driver.link.UnsupportedOnTargetException;

/** What the chip cannot do yet, as typed errors that carry the tick and the address of the access. */
final class FabricRefusals {
    private FabricRefusals() {}

    static UnsupportedOnTargetException background(int source, int address, long tick) {
        return refusal(
                "background source " + source,
                "enabled",
                "disabled on this emulator",
                "send the spikes from the program",
                address,
                tick);
    }

    static UnsupportedOnTargetException madc(int address, long tick) {
        return refusal(
                "MADC",
                "start of a recording",
                "no converter on this emulator",
                "leave the recording out or choose another target",
                address,
                tick);
    }

    static UnsupportedOnTargetException cadc(int hemisphere, int address, long tick) {
        return refusal(
                "CADC of hemisphere " + hemisphere,
                "triggering read",
                "no converter on this emulator",
                "leave the read out or choose another target",
                address,
                tick);
    }

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

    static PpuExecutionUnsupportedException ppu(int ppu, int address, long tick) {
        return new PpuExecutionUnsupportedException(
                at(
                        "plasticity processor " + ppu,
                        "inhibit_reset set",
                        "memory only on this emulator",
                        "leave inhibit_reset off, or use the option ppu=ignore",
                        address,
                        tick),
                null);
    }

    private static UnsupportedOnTargetException refusal(
            String thing, String value, String limit, String remedy, int address, long tick) {
        return new UnsupportedOnTargetException(at(thing, value, limit, remedy, address, tick), null);
    }

    private static ErrorDetail at(String thing, String value, String limit, String remedy, int address, long tick) {
        return ErrorDetail.of(thing, value, limit, remedy)
                .with("tick", tick)
                .with("address", String.format("0x%08X", address));
    }
}
