package firstspike.emulator.analog;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;

/**
 * Every number of the analog model, by name, as read from {@code analog-defaults.yaml} of this module. Units are part of
 * the names (s, v, a, f; conductances in siemens also end in s); what has none is a factor, a count or a code.
 *
 * @param capmem CapMem cells (analog.md 3)
 * @param transfer transfer laws (5)
 * @param nonlinear exponential and adaptation terms, conductance-based inputs, steps of their solution (4, 5, 10)
 * @param strength synaptic strength (6)
 * @param reset reset phase (7)
 * @param rest rest rule and horizon of the solution (9)
 * @param noise trial noise (13)
 * @param saturation saturation of the synaptic lines (13 item 5)
 * @param converters CADC, MADC and readout (14 to 16)
 * @param correlation correlation sensors (16)
 * @param power power and energy (17)
 * @param limits limits of a program (19)
 * @param mismatch spreads of the fixed pattern (12)
 */
record AnalogDefaults(
        CapMemNumbers capmem,
        TransferNumbers transfer,
        NonlinearNumbers nonlinear,
        StrengthNumbers strength,
        ResetNumbers reset,
        RestNumbers rest,
        NoiseNumbers noise,
        SaturationNumbers saturation,
        ConverterNumbers converters,
        CorrelationNumbers correlation,
        PowerNumbers power,
        LimitNumbers limits,
        Mismatch mismatch) {

    private static final String RESOURCE = "analog-defaults.yaml";

    record CapMemNumbers(
            long settleHalfTicks,
            long stepHalfTicks,
            double stepsPerTimeConstant,
            double crosstalkPerCell,
            double crosstalkLimit,
            double writeNoiseVoltageCodes,
            double writeNoiseCurrentRelative,
            double functionOffBelow) {}

    record TransferNumbers(
            double leakSlopeV,
            double leakInterceptV,
            double resetSlopeV,
            double resetInterceptV,
            double thresholdSlopeV,
            double thresholdInterceptV,
            double railLowV,
            double railHighV,
            double intrinsicCapacitanceF,
            double capacitanceRangeF,
            double capacitanceCodes,
            double leakConductanceS,
            double leakConductanceFloorS,
            double conductanceSwitchFactor,
            double degenerationFactor,
            double synapticTauS,
            double highResistanceFactor,
            double synapticTauFloorS,
            double synapticTauCodeZeroS,
            double smallCapacitanceTau,
            double smallCapacitanceAmplitude,
            double membraneOffsetA,
            double fullCode,
            double interCompartmentS,
            double interCompartmentFactor) {}

    record NonlinearNumbers(
            double sharpnessV,
            double exponentialCode,
            double adaptationTauS,
            double adaptationTauCode,
            double adaptationTauLowS,
            double adaptationTauHighS,
            double adaptationSlopeS,
            double adaptationJumpA,
            double adaptationPulseS,
            double adaptationReadoutS,
            double referenceV,
            double referenceCode,
            double referenceLeastV,
            double longestStepS,
            double shortestStepS,
            double largestChangeV) {}

    record StrengthNumbers(
            double unitA,
            double offsetA,
            double offsetCentreCode,
            double offsetGmCode,
            double stpRecoveryS,
            double stpUtilization,
            double stpOffsetStep,
            double stpOffsetCentre) {}

    record ResetNumbers(double fastestTauS, double instantAfterTau) {}

    record RestNumbers(double tauMultiple, double horizonTau) {}

    record NoiseNumbers(
            double thresholdV,
            double driftV,
            long stimulusGapHalfTicks,
            double jitterV,
            double jitterLowS,
            double jitterHighS,
            double driftStepV,
            double driftGm,
            double membraneV,
            double cadcCounts,
            double madcCounts) {}

    record SaturationNumbers(double fullScaleA, double lineLimitWeights) {}

    record ConverterNumbers(
            double cadcFirstCode,
            double cadcStepV,
            double cadcSlopeCode,
            double cellFullV,
            double madcStepV,
            double lineRestV,
            double lineSwing,
            int correlationBaseline) {}

    record CorrelationNumbers(
            double amplitude, double storeCode, double amplitudeStep, double tauS, double rampCode, double tauStep) {}

    record PowerNumbers(double staticW, double spikeJ, double eventJ, double madcW, double processorW) {}

    record LimitNumbers(long spikesPerProgram) {}

    record Spread(double full, double residual) {
        double at(Fidelity fidelity) {
            switch (fidelity) {
                case VARIED_FULL:
                    return full;
                case VARIED_RESIDUAL:
                    return residual;
                default:
                    return 0;
            }
        }
    }

    record Mismatch(
            Spread leakOffsetV,
            Spread resetOffsetV,
            Spread thresholdOffsetV,
            Spread slope,
            Spread leakConductance,
            Spread synapticTau,
            Spread synapticGm,
            Spread dac,
            Spread synapseWeight,
            Spread capacitance,
            Spread intrinsicCapacitance,
            Spread synapticOffsetCurrentA,
            Spread membraneOffsetCurrent,
            Spread driverStrength,
            Spread exponential,
            Spread adaptation,
            Spread correlationAmplitude,
            Spread correlationTau,
            Spread cadcOffsetCounts,
            Spread cadcGain,
            Spread cadcQuadrantCounts,
            Spread deadProbability,
            Spread truncation) {}

    /** The defaults of this module, read once. */
    static AnalogDefaults shipped() {
        return Shipped.DEFAULTS;
    }

    /** The names and values of {@link #shipped()}, to be changed by the caller. */
    static ObjectNode shippedTree() {
        return Shipped.TREE.deepCopy();
    }

    /** The defaults that a tree with all names holds. */
    static AnalogDefaults of(ObjectNode tree) {
        return Shipped.MAPPER.convertValue(tree, AnalogDefaults.class);
    }

    private static final class Shipped {
        static final ObjectMapper MAPPER = YAMLMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .build();
        static final ObjectNode TREE = read();
        static final AnalogDefaults DEFAULTS = MAPPER.convertValue(TREE, AnalogDefaults.class);

        private static ObjectNode read() {
            try (InputStream in = AnalogDefaults.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException("resource " + RESOURCE + " is missing from the class path");
                }
                return (ObjectNode) MAPPER.readTree(in);
            } catch (IOException e) {
                throw new IllegalStateException("resource " + RESOURCE + " cannot be read: " + e.getMessage(), e);
            }
        }
    }
}
