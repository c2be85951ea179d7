package firstspike.driver.link;

import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a target says of itself: the capability record of playback.md 14.8. Copied into every result's provenance.
 *
 * @param kind emulator, hardware or mock
 * @param target URI that opened it
 * @param chipId identity of the chip
 * @param fidelity {@code nominal}, {@code varied}, {@code fitted}, {@code hardware} or {@code mock}
 * @param chipRevision revision of the chip, 3 for the present generation
 * @param needsCalibration false where the nominal codes serve
 * @param softwareVersion version of the program that answers
 * @param tickPicoseconds length of a tick, 8000
 * @param inputLatencyTicks input instruction to synapse; absent when unknown
 * @param outputLatencyTicks threshold crossing to chip time; absent when unknown
 * @param maxInstructions playback memory in instructions
 * @param properties further facts by name: seeds, device DNA, limits, supported features
 */
public record ChipDescription(
        Kind kind,
        String target,
        ChipId chipId,
        String fidelity,
        int chipRevision,
        boolean needsCalibration,
        String softwareVersion,
        long tickPicoseconds,
        OptionalLong inputLatencyTicks,
        OptionalLong outputLatencyTicks,
        long maxInstructions,
        SortedMap<String, String> properties) {

    /** Copies the properties. */
    public ChipDescription {
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }

    /** What stands behind a target. */
    public enum Kind {
        /** A chip made of code. */
        EMULATOR,
        /** A chip of silicon. */
        HARDWARE,
        /** Scripted answers. */
        MOCK
    }
}
