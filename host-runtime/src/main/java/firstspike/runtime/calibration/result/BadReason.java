package firstspike.runtime.calibration.result;

import java.util.Locale;

/** Why a neuron circuit is not fit for experiments that need the quantity concerned (calibration.md 6). */
public enum BadReason {
    /** The search ended at the end of its range of codes. */
    RANGE_REACHED(Grade.AVOIDED),
    /** The measurement gave no number. */
    NOT_MEASURABLE(Grade.EXCLUDED),
    /** The verified value is too far from its target. */
    OUT_OF_TOLERANCE(Grade.AVOIDED),
    /** Reads of the same potential differ too much. */
    NOISY(Grade.AVOIDED),
    /** It never spikes. */
    SILENT(Grade.EXCLUDED),
    /** It spikes without any input. */
    ALWAYS_SPIKING(Grade.EXCLUDED);

    private final Grade grade;

    BadReason(Grade grade) {
        this.grade = grade;
    }

    /** What a mapper does with a bad circuit. */
    public enum Grade {
        /** Takes others first. */
        AVOIDED,
        /** Never takes it. */
        EXCLUDED
    }

    /** How bad it is. */
    public Grade grade() {
        return grade;
    }

    /** Name in files, for example {@code range-reached}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * @param label name in files
     * @return the reason
     * @throws IllegalArgumentException for a name that is none
     */
    public static BadReason of(String label) {
        return Labels.of(values(), BadReason::label, label, "reason of a bad neuron");
    }
}
