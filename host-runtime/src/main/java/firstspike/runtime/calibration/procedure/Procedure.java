package firstspike.runtime.calibration.procedure;

import firstspike.runtime.measurement.Bench;

/**
 * One step of a calibration: puts the chip into the state in which it measures, searches, leaves the codes that it found on
 * the bench and every other register as it was.
 */
public interface Procedure {

    /** Name in progress, results and errors, as "neuron.leak" (calibration.md 1). */
    String id();

    /**
     * @param bench of the chip
     * @return what was found
     */
    Finding run(Bench bench);
}
