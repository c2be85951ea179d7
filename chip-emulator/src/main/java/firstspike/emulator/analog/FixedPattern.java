package firstspike.emulator.analog;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The fixed pattern of one chip: what mismatch makes of each circuit, quadrant and synapse (analog.md section 12). It is a
 * function of the seed alone. On a nominal chip every factor is 1 and every offset 0. Immutable to its users and shared by
 * threads; synapse factors are drawn row by row when first asked for.
 *
 * <p>Arrays of circuits have 512 elements, arrays of lines 1024: line 2·circuit is excitatory, 2·circuit + 1 inhibitory.
 */
final class FixedPattern {
    static final int CIRCUITS = 512;
    static final int LINES = 2 * CIRCUITS;
    static final int QUADRANTS = 4;
    static final int DRIVERS = 256;
    /** CADC channels: 512·hemisphere + 256·type + column, type 0 causal, 1 acausal. */
    static final int CHANNELS = 1024;

    private static final int COLUMNS = 256;
    private static final int SYNAPSE_ROWS = 512;

    final double[] leakOffsetV;
    final double[] leakSlope;
    final double[] resetOffsetV;
    final double[] resetSlope;
    final double[] thresholdOffsetV;
    final double[] thresholdSlope;
    final double[] leakConductance;
    final double[] capacitance;
    final double[] intrinsicCapacitance;
    final double[] synapticTau;
    final double[] synapticGm;
    final double[] synapticOffsetCurrentA;
    final double[] membraneOffsetCurrent;
    final double[] dac;
    final double[] exponential;
    final double[] adaptationTau;
    final double[] adaptationA;
    final double[] adaptationB;
    final double[] adaptationV;
    final double[] driverStrength;
    /** In counts, by channel, the part of its quadrant included. */
    final double[] cadcOffset;

    final double[] cadcGain;
    final boolean[] dead;

    private final Philox4x64 stream;
    private final double truncation;
    private final double correlationAmplitudeSigma;
    private final double correlationTauSigma;
    /** Factors of sensors by synapse of a fitted chip, causal and acausal; null: they are drawn. */
    private final double[][] fittedCorrelationAmplitude;

    private final double[][] fittedCorrelationTau;
    private final double weightSigma;
    /** Weight factors by synapse of a fitted chip; null: they are drawn. */
    private final double[] fittedWeights;

    private final AtomicReferenceArray<double[]> weightRows = new AtomicReferenceArray<>(SYNAPSE_ROWS);

    FixedPattern(Fidelity fidelity, long seed, AnalogDefaults.Mismatch mismatch) {
        stream = Philox4x64.ofStream("pattern", seed);
        truncation = mismatch.truncation().at(fidelity);
        weightSigma = mismatch.synapseWeight().at(fidelity);
        fittedWeights = null;
        correlationAmplitudeSigma = mismatch.correlationAmplitude().at(fidelity);
        correlationTauSigma = mismatch.correlationTau().at(fidelity);
        fittedCorrelationAmplitude = new double[2][];
        fittedCorrelationTau = new double[2][];
        double slope = mismatch.slope().at(fidelity);
        leakOffsetV =
                normal(CIRCUITS, Quantity.LEAK_OFFSET, mismatch.leakOffsetV().at(fidelity), 0);
        leakSlope = normal(CIRCUITS, Quantity.LEAK_SLOPE, slope, 1);
        resetOffsetV =
                normal(CIRCUITS, Quantity.RESET_OFFSET, mismatch.resetOffsetV().at(fidelity), 0);
        resetSlope = normal(CIRCUITS, Quantity.RESET_SLOPE, slope, 1);
        thresholdOffsetV = normal(
                CIRCUITS, Quantity.THRESHOLD_OFFSET, mismatch.thresholdOffsetV().at(fidelity), 0);
        thresholdSlope = normal(CIRCUITS, Quantity.THRESHOLD_SLOPE, slope, 1);
        leakConductance = logNormal(
                CIRCUITS, Quantity.LEAK_CONDUCTANCE, mismatch.leakConductance().at(fidelity));
        capacitance =
                normal(CIRCUITS, Quantity.CAPACITANCE, mismatch.capacitance().at(fidelity), 1);
        intrinsicCapacitance = normal(
                CIRCUITS,
                Quantity.INTRINSIC_CAPACITANCE,
                mismatch.intrinsicCapacitance().at(fidelity),
                1);
        synapticTau = lines(
                logNormal(
                        CIRCUITS, Quantity.SYNAPTIC_TAU, mismatch.synapticTau().at(fidelity)),
                logNormal(
                        CIRCUITS,
                        Quantity.SYNAPTIC_TAU + 1,
                        mismatch.synapticTau().at(fidelity)));
        synapticGm = lines(
                logNormal(CIRCUITS, Quantity.SYNAPTIC_GM, mismatch.synapticGm().at(fidelity)),
                logNormal(
                        CIRCUITS,
                        Quantity.SYNAPTIC_GM + 1,
                        mismatch.synapticGm().at(fidelity)));
        double offsetSigma = mismatch.synapticOffsetCurrentA().at(fidelity);
        synapticOffsetCurrentA = lines(
                normal(CIRCUITS, Quantity.SYNAPTIC_OFFSET_CURRENT, offsetSigma, 0),
                normal(CIRCUITS, Quantity.SYNAPTIC_OFFSET_CURRENT + 1, offsetSigma, 0));
        membraneOffsetCurrent = logNormal(
                CIRCUITS,
                Quantity.MEMBRANE_OFFSET_CURRENT,
                mismatch.membraneOffsetCurrent().at(fidelity));
        exponential =
                logNormal(CIRCUITS, Quantity.EXPONENTIAL, mismatch.exponential().at(fidelity));
        double adaptation = mismatch.adaptation().at(fidelity);
        adaptationTau = logNormal(CIRCUITS, Quantity.ADAPTATION_TAU, adaptation);
        adaptationA = logNormal(CIRCUITS, Quantity.ADAPTATION_A, adaptation);
        adaptationB = logNormal(CIRCUITS, Quantity.ADAPTATION_B, adaptation);
        adaptationV = logNormal(CIRCUITS, Quantity.ADAPTATION_V, adaptation);
        dac = logNormal(QUADRANTS, Quantity.DAC, mismatch.dac().at(fidelity));
        driverStrength = logNormal(
                DRIVERS, Quantity.DRIVER_STRENGTH, mismatch.driverStrength().at(fidelity));
        cadcGain = normal(CHANNELS, Quantity.CADC_GAIN, mismatch.cadcGain().at(fidelity), 1);
        cadcOffset = normal(
                CHANNELS, Quantity.CADC_OFFSET, mismatch.cadcOffsetCounts().at(fidelity), 0);
        addQuadrantOffsets(mismatch.cadcQuadrantCounts().at(fidelity));
        dead = dead(mismatch.deadProbability().at(fidelity));
    }

    /** The pattern that a file says; nothing is drawn. */
    FixedPattern(FittedChip chip) {
        stream = Philox4x64.ofStream("pattern", 0);
        truncation = 0;
        weightSigma = 0;
        fittedWeights = chip.bySynapse("synapse_weight");
        correlationAmplitudeSigma = 0;
        correlationTauSigma = 0;
        fittedCorrelationAmplitude = new double[][] {
            chip.bySynapse("correlation_amplitude_causal"), chip.bySynapse("correlation_amplitude_acausal")
        };
        fittedCorrelationTau =
                new double[][] {chip.bySynapse("correlation_tau_causal"), chip.bySynapse("correlation_tau_acausal")};
        leakOffsetV = chip.values("v_leak_offset", 0);
        leakSlope = chip.values("v_leak_slope", 1);
        resetOffsetV = chip.values("v_reset_offset", 0);
        resetSlope = chip.values("v_reset_slope", 1);
        thresholdOffsetV = chip.values("v_threshold_offset", 0);
        thresholdSlope = chip.values("v_threshold_slope", 1);
        leakConductance = chip.values("g_leak", 1);
        capacitance = chip.values("capacitance", 1);
        intrinsicCapacitance = chip.values("capacitance_intrinsic", 1);
        synapticTau = lines(chip.values("tau_syn_exc", 1), chip.values("tau_syn_inh", 1));
        synapticGm = lines(chip.values("gm_exc", 1), chip.values("gm_inh", 1));
        synapticOffsetCurrentA = lines(chip.values("synin_offset_exc", 0), chip.values("synin_offset_inh", 0));
        membraneOffsetCurrent = chip.values("mem_offset", 1);
        exponential = chip.values("exponential", 1);
        adaptationTau = chip.values("adaptation_tau", 1);
        adaptationA = chip.values("adaptation_a", 1);
        adaptationB = chip.values("adaptation_b", 1);
        adaptationV = chip.values("adaptation_v", 1);
        dac = chip.values("synapse_dac", 1);
        driverStrength = new double[DRIVERS];
        Arrays.fill(driverStrength, 1);
        cadcOffset = chip.values("cadc_offset", 0);
        cadcGain = chip.values("cadc_gain", 1);
        dead = chip.dead();
    }

    /** Factor of one synapse's weight; synapse = 65536·hemisphere + 256·row + column. */
    double weightFactor(int synapse) {
        if (fittedWeights != null) {
            return fittedWeights[synapse];
        }
        if (weightSigma == 0) {
            return 1;
        }
        int row = synapse / COLUMNS;
        double[] factors = weightRows.get(row);
        if (factors == null) {
            factors = weightRow(row);
            weightRows.set(row, factors);
        }
        return factors[synapse % COLUMNS];
    }

    /** Factor of the amplitude of a synapse's sensor, type 0 causal, 1 acausal; drawn at each call. */
    double correlationAmplitude(int synapse, int type) {
        return sensorFactor(
                synapse,
                fittedCorrelationAmplitude[type],
                correlationAmplitudeSigma,
                Quantity.CORRELATION_AMPLITUDE + type);
    }

    /** Factor of the time constant of a synapse's sensor, type 0 causal, 1 acausal; drawn at each call. */
    double correlationTau(int synapse, int type) {
        return sensorFactor(synapse, fittedCorrelationTau[type], correlationTauSigma, Quantity.CORRELATION_TAU + type);
    }

    private double sensorFactor(int synapse, double[] fitted, double sigma, int quantity) {
        if (fitted != null) {
            return fitted[synapse];
        }
        return sigma == 0 ? 1 : StrictMath.exp(sigma * truncatedNormal(stream.copy(), synapse, quantity));
    }

    private double[] weightRow(int row) {
        Philox4x64 own = stream.copy();
        double[] factors = new double[COLUMNS];
        for (int column = 0; column < COLUMNS; column++) {
            factors[column] = 1 + weightSigma * truncatedNormal(own, COLUMNS * row + column, Quantity.SYNAPSE_WEIGHT);
        }
        return factors;
    }

    private double[] normal(int size, int quantity, double sigma, double mean) {
        double[] values = new double[size];
        for (int element = 0; element < size; element++) {
            values[element] = sigma == 0 ? mean : mean + sigma * truncatedNormal(stream, element, quantity);
        }
        return values;
    }

    private double[] logNormal(int size, int quantity, double sigma) {
        double[] values = normal(size, quantity, sigma, 0);
        if (sigma == 0) {
            Arrays.fill(values, 1);
        } else {
            for (int element = 0; element < size; element++) {
                values[element] = StrictMath.exp(values[element]);
            }
        }
        return values;
    }

    private double truncatedNormal(Philox4x64 generator, long element, int quantity) {
        for (long attempt = 0; ; attempt++) {
            generator.block(attempt, element, quantity, 0);
            double z = generator.normalA();
            if (Math.abs(z) <= truncation) {
                return z;
            }
        }
    }

    private void addQuadrantOffsets(double largest) {
        double[] quadrants = new double[QUADRANTS];
        for (int quadrant = 0; quadrant < QUADRANTS && largest > 0; quadrant++) {
            stream.block(0, quadrant, Quantity.CADC_QUADRANT, 0);
            quadrants[quadrant] = largest * (2 * stream.uniform() - 1);
        }
        for (int channel = 0; channel < CHANNELS; channel++) {
            cadcOffset[channel] += quadrants[quadrantOfChannel(channel)];
        }
    }

    /** Quadrant of a CADC channel. */
    static int quadrantOfChannel(int channel) {
        return 2 * (channel / 512) + channel % COLUMNS / 128;
    }

    private boolean[] dead(double probability) {
        boolean[] values = new boolean[CIRCUITS];
        for (int circuit = 0; circuit < CIRCUITS && probability > 0; circuit++) {
            stream.block(0, circuit, Quantity.DEAD, 0);
            values[circuit] = stream.uniform() < probability;
        }
        return values;
    }

    private static double[] lines(double[] excitatory, double[] inhibitory) {
        double[] values = new double[LINES];
        for (int circuit = 0; circuit < CIRCUITS; circuit++) {
            values[2 * circuit] = excitatory[circuit];
            values[2 * circuit + 1] = inhibitory[circuit];
        }
        return values;
    }
}
