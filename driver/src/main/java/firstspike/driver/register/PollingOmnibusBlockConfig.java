package firstspike.driver.register;

/**
 * What the polling block compares: the masked word at an address with a target (registers.md 13).
 *
 * @param address omnibus address, read as unsigned
 * @param target value to compare with
 * @param mask bits that count
 */
public record PollingOmnibusBlockConfig(int address, int target, int mask) implements RegisterView {

    @Override
    public ContainerValues values() {
        return Container.POLLING_OMNIBUS_BLOCK_CONFIG
                .layout()
                .defaults()
                .with("address", Integer.toUnsignedLong(address))
                .with("target", Integer.toUnsignedLong(target))
                .with("mask", Integer.toUnsignedLong(mask));
    }

    @Override
    public int coordinateIndex() {
        return 0;
    }
}
