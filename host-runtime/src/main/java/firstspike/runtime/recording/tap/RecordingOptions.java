package firstspike.runtime.recording.tap;

/**
 * What of a link goes into its log.
 *
 * @param setUps what is written to the chip, also by the beginning of a program
 * @param fpgaTime how much later than on the chip each spike arrived
 * @param streamed programs are streamed, so that spikes are in the log while a program runs; else with its end
 * @param handOver whether a stimulus is with the operating system before its program is submitted: then a killed process
 *     leaves a log that can be replayed to its last event
 * @param madcSource what the fast converter samples, {@code layer[neuron].v}; empty when unknown
 */
public record RecordingOptions(
        boolean setUps, boolean fpgaTime, boolean streamed, boolean handOver, String madcSource) {

    /** Spikes only, with the end of their program: the cheapest. */
    public static RecordingOptions spikes() {
        return new RecordingOptions(false, false, false, false, "");
    }

    /**
     * @param also whether what is written to the chip is kept
     * @return other options
     */
    public RecordingOptions withSetUps(boolean also) {
        return new RecordingOptions(also, fpgaTime, streamed, handOver, madcSource);
    }

    /**
     * @param also whether the way through the FPGA is kept
     * @return other options
     */
    public RecordingOptions withFpgaTime(boolean also) {
        return new RecordingOptions(setUps, also, streamed, handOver, madcSource);
    }

    /** The same with programs that are streamed, each stimulus being safe before. */
    public RecordingOptions whileRunning() {
        return new RecordingOptions(setUps, fpgaTime, true, true, madcSource);
    }

    /**
     * @param source what the fast converter samples
     * @return other options
     */
    public RecordingOptions withMadc(String source) {
        return new RecordingOptions(setUps, fpgaTime, streamed, handOver, source);
    }
}
