package firstspike.driver.register;

/**
 * An interval of omnibus addresses.
 *
 * @param first lowest address, as an unsigned number
 * @param last highest address, as an unsigned number
 */
public record AddressRange(long first, long last) {

    /** As the register tables write it, for example {@code 0x0011_0400-0x0011_05FE}. */
    @Override
    public String toString() {
        return first == last ? text(first) : text(first) + "-" + text(last);
    }

    private static String text(long address) {
        return String.format("0x%04X_%04X", address >>> 16, address & 0xFFFF);
    }
}
