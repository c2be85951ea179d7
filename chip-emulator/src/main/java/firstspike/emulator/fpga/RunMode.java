package firstspike.emulator.fpga;

/**
 * How one program is run.
 *
 * @param ordinal of the program, which its draws use; -1 for set-up programs
 * @param ignoresPpu whether the start of a plasticity processor is stored without effect, instead of ending the program
 * @param streamed whether the program is longer than the playback memory, so that it may run dry (playback.md 9)
 * @param spikeLimit most spikes, those sent and those received together
 */
record RunMode(long ordinal, boolean ignoresPpu, boolean streamed, long spikeLimit) {

    /** No limit of spikes, for results that leave as they come. */
    static final long UNLIMITED = Long.MAX_VALUE;
}
