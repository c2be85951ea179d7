/**
 * What a calibration saw on its way, for pictures: start with {@link firstspike.runtime.calibration.evidence.Evidence}, which
 * an {@link firstspike.runtime.calibration.evidence.EvidenceRecorder} collects. Results and codes do not depend on it.
 */
package firstspike.runtime.calibration.evidence;
