package firstspike.emulator.ppu;

/** Sees every instruction of a processor. */
@FunctionalInterface
public interface TraceSink {

    /**
     * An instruction was executed.
     *
     * @param processor after it
     * @param cycle of its issue
     * @param pc its address
     * @param word its word
     */
    void executed(Processor processor, long cycle, int pc, int word);
}
