package firstspike.runtime.calibration.result;

import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipId;
import java.util.Optional;

/**
 * Which chip was calibrated.
 *
 * @param chipId its identity, the folder of its calibrations
 * @param target URI that it was reached by; no part of the identity
 * @param describe what it said of itself, as text
 * @param fidelity {@code nominal}, {@code varied}, {@code fitted}, {@code hardware} or {@code mock}
 * @param bitfile of its FPGA, when it named one
 */
public record ChipIdentity(ChipId chipId, String target, String describe, String fidelity, Optional<String> bitfile) {

    private static final String BITFILE = "bitfile_version";

    /**
     * @param chip as it describes itself
     * @return its identity
     */
    public static ChipIdentity of(ChipDescription chip) {
        return new ChipIdentity(
                chip.chipId(),
                chip.target(),
                chip.toString(),
                chip.fidelity(),
                Optional.ofNullable(chip.properties().get(BITFILE)));
    }
}
