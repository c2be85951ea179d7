package firstspike.driver.register;

/**
 * Whether the FPGA keeps spikes and samples; without it they are discarded silently (registers.md 13).
 *
 * @param enabled whether events are kept
 */
public record EventRecordingConfig(boolean enabled) implements RegisterView {

    @Override
    public ContainerValues values() {
        return Container.EVENT_RECORDING_CONFIG.layout().defaults().with("enable_event_recording", enabled);
    }

    @Override
    public int coordinateIndex() {
        return 0;
    }
}
