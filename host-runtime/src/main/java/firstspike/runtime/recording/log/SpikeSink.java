package firstspike.runtime.recording.log;

/** Takes the spikes of a log one by one. */
@FunctionalInterface
public interface SpikeSink {

    /**
     * @param program of the log
     * @param tick since time zero of the program
     * @param direction which way it went
     * @param label 0 to 65535
     * @param population index in the {@link LabelTable}, or -1
     */
    void accept(long program, long tick, SpikeDirection direction, int label, int population);
}
