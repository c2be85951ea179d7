package firstspike.driver.register;

/**
 * Start value of both system-time counters at the next synchronisation (registers.md 14.6).
 *
 * @param value 0..2^43 - 1
 */
public record SystimeSyncBase(long value) implements RegisterView {

    /** Checks the range: {@link IllegalArgumentException} outside. */
    public SystimeSyncBase {
        RegisterField.require(Container.SYSTIME_SYNC_BASE, "value", value);
    }

    @Override
    public ContainerValues values() {
        return Container.SYSTIME_SYNC_BASE.layout().defaults().with("value", value);
    }

    @Override
    public int coordinateIndex() {
        return 0;
    }
}
