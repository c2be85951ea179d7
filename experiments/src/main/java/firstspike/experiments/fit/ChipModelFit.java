package firstspike.experiments.fit;

import static firstspike.runtime.error.CalibrationException.Code.CALIBRATION_MISSING;

import firstspike.driver.coordinate.CadcChannel;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.coordinate.Quadrant;
import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.emulator.analog.TransferLaws;
import firstspike.runtime.calibration.procedure.SynapticInput;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.BadReason;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.ChipCodes;
import firstspike.runtime.calibration.result.CodeField;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.exchange.NpyArray;
import firstspike.runtime.exchange.NpzBuilder;
import firstspike.runtime.measurement.MergedCircuits;
import firstspike.runtime.recording.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/**
 * For each calibrated quantity the offset or factor that explains the verified value at the stored code: measured minus law,
 * or measured over law (formats.md 6.1, analog.md 5, 6). Elements that were not measured stay nominal and are counted. What cells
 * at equal codes do to each other is part of the offsets: codes of a search differ enough for it to be small.
 * Immutable.
 */
public final class ChipModelFit {

    private static final String SCHEMA = "firstspike.chip-model/1";
    private static final int NEURONS = CalibrationResult.NEURONS;
    private static final double MICRO = 1e-6;
    /** Readings of the column converter after its calibration (analog.md 14). */
    private static final double LSB_V = 4.227e-3;

    private static final double LSB_AT_START = 20;
    private static final double CELL_V = 1.8 / 1022;
    private static final double START_CODE = 70;
    private static final double SLOPE_CODE = 300;
    private static final double MIDDLE_V = 310 * CELL_V;
    /** Weight of the events whose height is the verified amplitude. */
    private static final int WEIGHT = 63;

    private static final double NEARLY_EQUAL = 1e-6;
    /** How far the largest of 1000 readings, which is the verified threshold, lies above the true one (calibration.md 4.4). */
    private static final double LARGEST_READING_LSB = 1.3;
    /** Variance that rounding to whole readings adds. */
    private static final double ROUNDING = 1.0 / 12;
    /** Channels whose mean is the reading of a neuron. */
    private static final int CHANNELS = 2;
    /** Noise below this is none, LSB. */
    private static final double LEAST_LSB = 0.02;
    /** Noise of the column converter itself (analog.md 14), LSB. */
    private static final double CONVERTER_LSB = 1;

    private final CalibrationResult result;
    private final ChipCodes codes;
    private final TransferLaws laws = TransferLaws.NOMINAL;
    private final SortedMap<String, double[]> pattern = new TreeMap<>();
    private final SortedMap<String, Integer> nominal = new TreeMap<>();

    /**
     * @param result of a calibration that was verified
     * @throws CalibrationException for one of merged circuits, whose values are those of two circuits together
     */
    public ChipModelFit(CalibrationResult result) {
        if (result.merged() != MergedCircuits.ONE) {
            throw new CalibrationException(
                    CALIBRATION_MISSING,
                    "calibration " + result.id(),
                    "measured with " + result.merged().count() + " circuits a neuron",
                    "one of single circuits",
                    "calibrate the chip with 'firstspike calibrate run' without --merged");
        }
        this.result = result;
        codes = result.codes();
        potential("v_leak_offset", Quantity.LEAK, NeuronParameter.V_LEAK);
        potential("v_reset_offset", Quantity.RESET, NeuronParameter.V_RESET);
        potential("v_threshold_offset", Quantity.THRESHOLD, NeuronParameter.V_THRESHOLD);
        factor("g_leak", this::leak);
        for (SynapticInput input : SynapticInput.values()) {
            boolean excitatory = input == SynapticInput.EXCITATORY;
            factor(excitatory ? "tau_syn_exc" : "tau_syn_inh", n -> synapticTau(n, input));
            factor(excitatory ? "gm_exc" : "gm_inh", n -> strength(n, input));
            double[] strength = pattern.get(excitatory ? "gm_exc" : "gm_inh");
            offset(excitatory ? "synin_offset_exc" : "synin_offset_inh", n -> reference(n, input, strength[n]));
        }
        channels();
    }

    /** Offsets and factors by quantity, as the members of the file are named. */
    public SortedMap<String, double[]> pattern() {
        SortedMap<String, double[]> copy = new TreeMap<>();
        pattern.forEach((name, values) -> copy.put(name, values.clone()));
        return copy;
    }

    /** By quantity: how many elements stay nominal for want of a measurement. */
    public SortedMap<String, Integer> nominal() {
        return Collections.unmodifiableSortedMap(nominal);
    }

    /**
     * The chip model.
     *
     * @param created when it is written
     * @param product version of the program
     * @return bytes of an npz that {@code emu:fitted?file=} reads
     */
    public byte[] bytes(Instant created, String product) {
        NpzBuilder builder = new NpzBuilder();
        pattern.forEach((name, values) -> builder.add(
                "pattern/" + name,
                name.equals("cadc_offset")
                        ? NpyArray.of(values, 2, CadcChannel.COUNT / 2)
                        : NpyArray.of(values, values.length)));
        builder.add("pattern/dead", NpyArray.of(dead(), NEURONS));
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("schema", SCHEMA);
        meta.put("source_chip_id", result.chip().chipId().value());
        meta.put("calibration_id", result.id().value());
        meta.put("created", created.toString());
        meta.put("product", product);
        meta.put("defaults", noise());
        builder.addBytes("meta.json", JsonText.pretty(meta).getBytes(StandardCharsets.UTF_8));
        return builder.toBytes();
    }

    /**
     * Amplitudes of the noise that a calibration sees: that of readings at rest, less what rounding adds. What goes beyond the
     * usual noise of the column converter is put on the membrane (analog.md 13 item 4); two sources cannot be told apart.
     *
     * @return by the names of analog-defaults.yaml; empty when noise was not measured
     */
    public SortedMap<String, Double> noise() {
        SortedMap<String, Double> found = new TreeMap<>();
        result.derived().medianNoiseLsb().ifPresent(sigma -> {
            // the noise of two channels is halved in their mean, that of the membrane is common to them
            double variance = Math.max(0, sigma * sigma - ROUNDING / CHANNELS);
            double converter = Math.min(CONVERTER_LSB, Math.sqrt(CHANNELS * variance));
            double membrane = Math.sqrt(Math.max(0, variance - converter * converter / CHANNELS));
            found.put("noise.cadc_counts", converter < LEAST_LSB ? 0 : converter);
            found.put("noise.membrane_v", membrane < LEAST_LSB ? 0 : LSB_V * membrane);
        });
        return found;
    }

    private boolean[] dead() {
        boolean[] dead = new boolean[NEURONS];
        result.bad().stream().filter(bad -> bad.reason() == BadReason.SILENT).forEach(bad -> dead[bad.neuron()] = true);
        return dead;
    }

    private void offset(String name, IntToDoubleFunction value) {
        fill(name, value, 0);
    }

    private void factor(String name, IntToDoubleFunction value) {
        fill(name, value, 1);
    }

    private void fill(String name, IntToDoubleFunction value, double otherwise) {
        double[] values = new double[NEURONS];
        int missing = 0;
        for (int n = 0; n < NEURONS; n++) {
            double found = value.applyAsDouble(n);
            boolean usable = Double.isFinite(found) && (otherwise == 0 || found > 0);
            values[n] = usable ? found : otherwise;
            missing += usable ? 0 : 1;
        }
        pattern.put(name, values);
        nominal.put(name, missing);
    }

    /** The code of a cell, NaN where none is stored. */
    private double code(int neuron, NeuronParameter parameter) {
        int code = codes.code(neuron, parameter);
        return code == ChipCodes.NOT_SET ? Double.NaN : code;
    }

    private boolean isSet(CodeField field, int neuron) {
        return codes.sets(field) && codes.value(field, neuron) == 1;
    }

    private double measured(Quantity quantity, int neuron) {
        return result.achieved(quantity).map(values -> values[neuron]).orElse(Double.NaN);
    }

    private void potential(String name, Quantity quantity, NeuronParameter parameter) {
        double bias = quantity == Quantity.THRESHOLD ? LARGEST_READING_LSB : 0;
        offset(
                name,
                n -> START_CODE * CELL_V
                        + (measured(quantity, n) - bias - LSB_AT_START) * LSB_V
                        - law(quantity, code(n, parameter)));
    }

    private double law(Quantity quantity, double code) {
        if (Double.isNaN(code)) {
            return Double.NaN;
        }
        return switch (quantity) {
            case LEAK -> laws.leakVolt(code);
            case RESET -> laws.resetVolt(code);
            default -> laws.thresholdVolt(code);
        };
    }

    private double capacitance(int n) {
        boolean stored = codes.sets(CodeField.MEMBRANE_CAPACITOR_SIZE);
        return laws.capacitanceFarad(stored ? codes.value(CodeField.MEMBRANE_CAPACITOR_SIZE, n) : 63);
    }

    private double leak(int n) {
        double code = code(n, NeuronParameter.I_BIAS_LEAK);
        double law = laws.conductanceSiemens(
                code, isSet(CodeField.ENABLE_LEAK_DIVISION, n), isSet(CodeField.ENABLE_LEAK_MULTIPLICATION, n), false);
        return Double.isNaN(code) ? code : capacitance(n) / (measured(Quantity.TAU_MEM, n) * MICRO) / law;
    }

    private double synapticTau(int n, SynapticInput input) {
        boolean excitatory = input == SynapticInput.EXCITATORY;
        double code = code(n, input.tau());
        boolean high = isSet(
                excitatory
                        ? CodeField.ENABLE_SYNAPTIC_INPUT_EXCITATORY_HIGH_RESISTANCE
                        : CodeField.ENABLE_SYNAPTIC_INPUT_INHIBITORY_HIGH_RESISTANCE,
                n);
        boolean small = isSet(
                excitatory
                        ? CodeField.ENABLE_SYNAPTIC_INPUT_EXCITATORY_SMALL_CAPACITANCE
                        : CodeField.ENABLE_SYNAPTIC_INPUT_INHIBITORY_SMALL_CAPACITANCE,
                n);
        return Double.isNaN(code)
                ? code
                : measured(input.tauQuantity(), n) * MICRO / laws.synapticTauSeconds(code, high, small);
    }

    /** The height of one event over the one of the laws, with the measured time constants. */
    private double strength(int n, SynapticInput input) {
        double tauM = measured(Quantity.TAU_MEM, n) * MICRO;
        double tauS = measured(input.tauQuantity(), n) * MICRO;
        int dac = codes.code(Quadrant.of(n / (NEURONS / Quadrant.COUNT)), QuadrantParameter.SYN_I_BIAS_DAC);
        double gm = code(n, input.strength());
        double ampere = laws.eventAmpere(WEIGHT, gm, dac == ChipCodes.NOT_SET ? Double.NaN : dac);
        double volt = measured(input.amplitudeQuantity(), n) * LSB_V;
        return volt * capacitance(n) / (ampere * peak(tauM, tauS));
    }

    private static double peak(double tauM, double tauS) {
        if (Math.abs(tauM / tauS - 1) < NEARLY_EQUAL) {
            return tauM / Math.E;
        }
        double at = Math.log(tauM / tauS) / (1 / tauS - 1 / tauM);
        return (Math.exp(-at / tauM) - Math.exp(-at / tauS)) / (1 / tauS - 1 / tauM);
    }

    /** What the calibrated shift takes away. */
    private double reference(int n, SynapticInput input, double factor) {
        return -laws.synapticOffsetAmpere(code(n, input.shift()), code(n, input.strength()) * factor);
    }

    /** What the stored offsets and ramps take away, in the middle of the range. */
    private void channels() {
        double[] values = new double[CadcChannel.COUNT];
        int missing = 0;
        double ideal = LSB_AT_START + (MIDDLE_V - START_CODE * CELL_V) / LSB_V;
        for (int channel = 0; channel < values.length; channel++) {
            CadcChannel at = CadcChannel.of(channel);
            Quadrant quadrant = Quadrant.of(quadrant(channel));
            int start = codes.code(quadrant, QuadrantParameter.CADC_V_RAMP_OFFSET);
            int slope = codes.code(quadrant, QuadrantParameter.CADC_I_RAMP_SLOPE);
            if (start == ChipCodes.NOT_SET || slope == ChipCodes.NOT_SET || slope == 0) {
                missing++;
                continue;
            }
            double ramp = LSB_AT_START + (MIDDLE_V - start * CELL_V) / (LSB_V * slope / SLOPE_CODE);
            values[channel] = ideal - ramp - codes.cadcOffset(at);
        }
        pattern.put("cadc_offset", values);
        nominal.put("cadc_offset", missing);
    }

    /** Quadrant of a channel: 512·hemisphere + 256·kind + column. */
    private static int quadrant(int channel) {
        return 2 * (channel / 512) + channel % 256 / 128;
    }
}
