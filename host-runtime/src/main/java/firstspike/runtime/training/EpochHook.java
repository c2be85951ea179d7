package firstspike.runtime.training;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What belongs between the epochs of a training, but not to learning, for example a look at the calibration of the chip. It may
 * run programs on the trainer's executor; what fails in it is repeated on resume together with the validation before it.
 */
public interface EpochHook {
    /** Does nothing. */
    EpochHook NONE = epoch -> new TreeMap<>();

    /**
     * Called after the validation of an epoch, before its metrics are reported.
     *
     * @param epoch epochs done, 1 or more
     * @return further health counters of this epoch
     */
    SortedMap<String, Number> afterEpoch(int epoch);
}
