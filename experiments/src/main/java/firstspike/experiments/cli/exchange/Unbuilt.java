package firstspike.experiments.cli.exchange;

import firstspike.runtime.error.ExperimentException;

/** Switches of later versions: known, refused, never half done. */
final class Unbuilt {

    private Unbuilt() {}

    static void refuse(String option, boolean used, String file) {
        if (used) {
            throw new ExperimentException(
                    ExperimentException.Code.NOT_BUILT_YET,
                    "option " + option,
                    "asks for " + file,
                    "what this version does",
                    "leave " + option + " out");
        }
    }
}
