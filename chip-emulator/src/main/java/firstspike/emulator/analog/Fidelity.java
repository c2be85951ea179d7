package firstspike.emulator.analog;

/** How true to a real chip the analog model is (analog.md section 1). */
public enum Fidelity {
    /** Nominal transfer laws: no mismatch, no noise, no saturation except the rails. */
    NOMINAL,
    /** Mismatch of a chip as it comes from the foundry, CapMem write noise and crosstalk, trial noise, saturation. */
    VARIED_FULL,
    /** Mismatch that a calibration leaves on nominal codes, trial noise, saturation. */
    VARIED_RESIDUAL,
    /** Laws and mismatch of one measured chip as a file says, the rest as on an uncalibrated chip. */
    FITTED;

    /** Tells whether mismatch, trial noise and saturation are on. */
    public boolean varied() {
        return this != NOMINAL;
    }

    /** Tells whether CapMem cells land beside their code and disturb each other (analog.md 3). */
    boolean disturbed() {
        return this == VARIED_FULL || this == FITTED;
    }
}
