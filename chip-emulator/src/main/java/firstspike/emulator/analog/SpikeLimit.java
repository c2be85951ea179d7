package firstspike.emulator.analog;

import static firstspike.driver.error.RunFailedException.Code.EMULATION_LIMIT;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.RunFailedException;

/**
 * How many spikes one program may have (analog.md 19).
 *
 * @param spikes most spikes
 */
record SpikeLimit(long spikes) {

    /**
     * Ends a program that has more spikes.
     *
     * @throws RunFailedException above the limit
     */
    void check(long counted) {
        if (counted > spikes) {
            throw new RunFailedException(
                    EMULATION_LIMIT,
                    ErrorDetail.of(
                            "spikes of one program",
                            counted,
                            spikes,
                            "shorten the program, or look for a neuron that fires without input"),
                    null,
                    null,
                    false);
        }
    }
}
