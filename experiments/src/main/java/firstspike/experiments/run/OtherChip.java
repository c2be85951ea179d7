package firstspike.experiments.run;

import firstspike.runtime.error.ExperimentException;

/**
 * Weights of one chip on another.
 *
 * @param run id
 * @param before chip that they were trained on
 * @param now chip of the target
 */
record OtherChip(String run, String before, String now) {

    ExperimentException exception() {
        return new ExperimentException(
                ExperimentException.Code.CONFIG_CHANGED,
                "chip of run " + run,
                now,
                "chip " + before + ", which it was trained on",
                "say --retarget to judge it on another chip");
    }
}
