package firstspike.driver.register;

import java.util.Locale;

/** How the words of a container are reached (registers.md 2.1). */
public enum AddressSpace {
    /** Chip omnibus over the high-speed link; address bit 31 is 0. */
    CHIP,
    /** Chip omnibus over JTAG, which works before the link is up. */
    CHIP_JTAG,
    /** FPGA omnibus; address bit 31 is 1. */
    FPGA,
    /** Number of a JTAG register of the chip's links. */
    JTAG_PHY,
    /** Number of a board register behind SPI. */
    SPI,
    /** Operand of a playback instruction; there is no address. */
    PLAYBACK,
    /** JTAG data register; there is no address. */
    JTAG;

    /** Whether its numbers are 32-bit omnibus addresses, which {@link AddressMap} knows. */
    public boolean isOmnibus() {
        return this == CHIP || this == CHIP_JTAG || this == FPGA;
    }

    /** Name in lower case, as in the register model. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
