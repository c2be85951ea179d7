package firstspike.experiments.sweep;

/** A sweep that is part of the program. */
public interface SweepPreset {

    /** What {@code firstspike sweep} calls it. */
    String name();

    /** Its plan with the number of seeds that a report wants. */
    SweepPlan plan();
}
