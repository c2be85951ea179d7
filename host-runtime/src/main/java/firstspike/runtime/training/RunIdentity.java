package firstspike.runtime.training;

import java.util.Objects;

/**
 * What a checkpoint says about the run that it belongs to.
 *
 * @param runId id of the run
 * @param configSha256 identity of the resolved experiment
 * @param calibrationId id of the calibration in use, empty for none
 * @param productVersion version of this program
 */
public record RunIdentity(String runId, String configSha256, String calibrationId, String productVersion) {
    /** Refuses nulls. */
    public RunIdentity {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(configSha256, "configSha256");
        Objects.requireNonNull(calibrationId, "calibrationId");
        Objects.requireNonNull(productVersion, "productVersion");
    }
}
