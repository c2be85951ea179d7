package firstspike.runtime.recording.log;

import firstspike.proto.log.v1.Direction;

/** Which way spikes went. Labels of the two directions are different spaces. */
public enum SpikeDirection {
    /** Stimulus as sent. */
    TO_CHIP(Direction.TO_CHIP_VALUE, "to_chip"),
    /** Recorded. */
    FROM_CHIP(Direction.FROM_CHIP_VALUE, "from_chip");

    private final int number;
    private final String text;

    SpikeDirection(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** Number in the file. */
    int number() {
        return number;
    }

    /** As tables write it. */
    public String text() {
        return text;
    }

    /** The direction of a number, or null. */
    static SpikeDirection of(int number) {
        return number == TO_CHIP.number ? TO_CHIP : number == FROM_CHIP.number ? FROM_CHIP : null;
    }
}
