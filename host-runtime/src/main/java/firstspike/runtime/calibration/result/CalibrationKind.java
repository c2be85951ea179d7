package firstspike.runtime.calibration.result;

import java.util.Locale;

/** What a calibration is for; a chip has one in use of each kind (formats.md 6). */
public enum CalibrationKind {
    /** Networks of spiking neurons. */
    SPIKING,
    /** The column converters alone. */
    CADC,
    /** The fast converter alone. */
    MADC,
    /** Offsets of synapse drivers. */
    SYNAPSE_DRIVER,
    /** Correlation sensors. */
    CORRELATION,
    /** Matrix multiplication; read, never made. */
    HAGEN,
    /** Anything that the user composed. */
    CUSTOM;

    /** Name in files, for example {@code synapse-driver}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * @param label name in files
     * @return the kind
     * @throws IllegalArgumentException for a name that is none
     */
    public static CalibrationKind of(String label) {
        return Labels.of(values(), CalibrationKind::label, label, "kind of a calibration");
    }
}
