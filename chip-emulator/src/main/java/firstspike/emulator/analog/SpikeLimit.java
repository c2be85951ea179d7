package firstspike.emulator.analog;

import firstspike.driver.error.EmulationLimitException;
import firstspike.driver.error.ErrorDetail;

/**
 * How many spikes one program may have (analog.md 19).
 *
 * @param spikes most spikes
 */
record SpikeLimit(long spikes) {

    /**
     * Ends a program that has more spikes.
     *
     * @throws EmulationLimitException above the limit
     */
    void check(long counted) {
        if (counted > spikes) {
            throw new EmulationLimitException(
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
