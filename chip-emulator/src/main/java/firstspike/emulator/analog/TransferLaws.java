package firstspike.emulator.analog;

/**
 * The transfer laws from CapMem codes and switches to volts, siemens, farads and seconds, and the strength of a synapse
 * (analog.md sections 5 and 6). Codes are real numbers, because cells settle through values between codes. Immutable.
 */
public final class TransferLaws {
    /** The laws of the shipped defaults. */
    public static final TransferLaws NOMINAL = new TransferLaws(AnalogDefaults.shipped());

    private final AnalogDefaults.TransferNumbers t;
    private final AnalogDefaults.StrengthNumbers s;
    private final AnalogDefaults.ResetNumbers r;

    TransferLaws(AnalogDefaults defaults) {
        t = defaults.transfer();
        s = defaults.strength();
        r = defaults.reset();
    }

    /** Leak potential in volt of a code of {@code v_leak}, within the rails. */
    public double leakVolt(double code) {
        return leakVolt(code, 1, 0);
    }

    double leakVolt(double code, double slopeFactor, double offsetV) {
        return rails(t.leakSlopeV() * slopeFactor * code + t.leakInterceptV() + offsetV);
    }

    /** Reset potential in volt of a code of {@code v_reset}, within the rails. */
    public double resetVolt(double code) {
        return resetVolt(code, 1, 0);
    }

    double resetVolt(double code, double slopeFactor, double offsetV) {
        return rails(t.resetSlopeV() * slopeFactor * code + t.resetInterceptV() + offsetV);
    }

    /** Threshold in volt of a code of {@code v_threshold}, within the rails. */
    public double thresholdVolt(double code) {
        return thresholdVolt(code, 1, 0);
    }

    double thresholdVolt(double code, double slopeFactor, double offsetV) {
        return rails(t.thresholdSlopeV() * slopeFactor * code + t.thresholdInterceptV() + offsetV);
    }

    /** The potential clipped to what the supplies allow. */
    public double rails(double volt) {
        return Math.max(t.railLowV(), Math.min(t.railHighV(), volt));
    }

    double railLowV() {
        return t.railLowV();
    }

    double railHighV() {
        return t.railHighV();
    }

    /** Membrane capacitance in farad of a size 0..63. */
    public double capacitanceFarad(int size) {
        return capacitanceFarad(size, 1, 1);
    }

    double capacitanceFarad(int size, double rangeFactor, double intrinsicFactor) {
        return t.intrinsicCapacitanceF() * intrinsicFactor
                + t.capacitanceRangeF() * rangeFactor * size / t.capacitanceCodes();
    }

    /** Leak or reset conductance in siemens of a bias code and the three switches of its OTA. */
    public double conductanceSiemens(double code, boolean division, boolean multiplication, boolean degeneration) {
        double g = t.leakConductanceS() * code;
        if (division && !multiplication) {
            g /= t.conductanceSwitchFactor();
        } else if (multiplication && !division) {
            g *= t.conductanceSwitchFactor();
        }
        if (degeneration) {
            g *= t.degenerationFactor();
        }
        return Math.max(t.leakConductanceFloorS(), g);
    }

    /** Synaptic time constant in seconds of a bias code and the line's two switches. */
    public double synapticTauSeconds(double code, boolean highResistance, boolean smallCapacitance) {
        double tau = t.synapticTauCodeZeroS();
        if (code > 0) {
            double scale = highResistance ? t.synapticTauS() * t.highResistanceFactor() : t.synapticTauS();
            tau = Math.max(t.synapticTauFloorS(), scale / code);
        }
        return smallCapacitance ? tau * t.smallCapacitanceTau() : tau;
    }

    /** How much stronger a pulse is on a line in small capacitance mode. */
    double pulseAmplitude(boolean smallCapacitance) {
        return smallCapacitance ? t.smallCapacitanceAmplitude() : 1;
    }

    /** Current step in ampere of one event: weight 0..63 (times its factor), codes of gm and DAC bias. */
    public double eventAmpere(double weight, double gmCode, double dacCode) {
        return s.unitA() * weight * gmCode * dacCode;
    }

    /** Offset current in ampere of a synaptic input with this shift code and gm code. */
    public double synapticOffsetAmpere(double shiftCode, double gmCode) {
        return s.offsetA() * (shiftCode - s.offsetCentreCode()) * (gmCode / s.offsetGmCode());
    }

    /** Constant current in ampere of a code of {@code i_mem_offset}. */
    public double membraneOffsetAmpere(double code) {
        return t.membraneOffsetA() * code / t.fullCode();
    }

    /** Conductance in siemens between membrane and somatic line of a bias code and its two switches. */
    public double interCompartmentSiemens(double code, boolean division, boolean multiplication) {
        double g = Math.max(0, t.interCompartmentS() * code);
        if (division && !multiplication) {
            return g / t.interCompartmentFactor();
        }
        return multiplication && !division ? g * t.interCompartmentFactor() : g;
    }

    /** Time constant in seconds with which a clamped membrane approaches the reset potential. */
    public double resetTauSeconds(double capacitanceFarad, double resetSiemens) {
        return Math.max(r.fastestTauS(), capacitanceFarad / resetSiemens);
    }
}
