package firstspike.emulator.fpga;

import firstspike.driver.link.PpuPolicy;

/**
 * How one program is run.
 *
 * @param ordinal of the program, which its draws use; -1 for set-up programs
 * @param ppu what the start of a plasticity processor does
 * @param streamed whether the program is longer than the playback memory, so that it may run dry (playback.md 9)
 * @param spikeLimit most spikes, those sent and those received together
 */
record RunMode(long ordinal, PpuPolicy ppu, boolean streamed, long spikeLimit) {

    /** No limit of spikes, for results that leave as they come. */
    static final long UNLIMITED = Long.MAX_VALUE;
}
