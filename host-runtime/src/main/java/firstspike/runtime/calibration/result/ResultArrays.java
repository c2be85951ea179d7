package firstspike.runtime.calibration.result;

import firstspike.driver.coordinate.CadcChannel;
import firstspike.driver.coordinate.CapMemCell;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.Quadrant;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.quantity.SharedQuantity;
import firstspike.runtime.exchange.NpyArray;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The arrays of a result, by the names that they have in {@code cells.npz} (formats.md 6). */
public final class ResultArrays {

    private ResultArrays() {}

    /** Codes of all cells: quadrant, row, column. */
    public static final String CAPMEM = "capmem";
    /** Register fields, each under its name. */
    public static final String DIGITAL = "digital/";
    /** Offsets of the column converters: hemisphere, channel. */
    public static final String CADC_OFFSET = "cadc_offset";
    /** Whether nothing is wrong with a neuron. */
    public static final String SUCCESS = "success";
    /** Verified values, each under the key of its quantity. */
    public static final String ACHIEVED = "achieved/";
    /** Measured values of quadrants and drivers, each under the key of its quantity. */
    public static final String SHARED = "shared/";
    /** Normalised threshold of each neuron. */
    public static final String THETA_NORM = "derived/theta_norm";
    /** Time offset of the first layer. */
    public static final String TIME_OFFSET = "derived/time_offset_ticks";
    /** Noise of readings of each neuron, LSB; missing where it was not measured. */
    public static final String NOISE = "derived/noise_lsb";
    /** Estimates of deviations, each with the key of its quantity. */
    public static final String MISMATCH = "derived/mismatch_";

    /**
     * @param result of a calibration
     * @return its arrays, sorted by name
     */
    public static SortedMap<String, NpyArray> of(CalibrationResult result) {
        SortedMap<String, NpyArray> arrays = new TreeMap<>();
        ChipCodes codes = result.codes();
        arrays.put(CAPMEM, NpyArray.ofUnsigned16(codes.cells(), Quadrant.COUNT, CapMemCell.ROWS, CapMemCell.COLUMNS));
        for (Map.Entry<CodeField, int[]> field : codes.fields().entrySet()) {
            arrays.put(
                    DIGITAL + field.getKey().label(),
                    NpyArray.of(field.getValue(), field.getKey().instances()));
        }
        arrays.put(
                CADC_OFFSET, NpyArray.of(codes.cadcOffsets(), Hemisphere.COUNT, CadcChannel.COUNT / Hemisphere.COUNT));
        arrays.put(SUCCESS, NpyArray.of(result.good(), CalibrationResult.NEURONS));
        for (Quantity quantity : result.measured()) {
            arrays.put(
                    ACHIEVED + quantity.key(),
                    NpyArray.of(result.achieved(quantity).orElseThrow(), CalibrationResult.NEURONS));
        }
        for (SharedQuantity quantity : SharedQuantity.values()) {
            result.shared(quantity)
                    .ifPresent(
                            values -> arrays.put(SHARED + quantity.key(), NpyArray.of(values, quantity.instances())));
        }
        Derived derived = result.derived();
        arrays.put(THETA_NORM, NpyArray.of(derived.normalisedThreshold(), CalibrationResult.NEURONS));
        derived.timeOffsetTicks().ifPresent(ticks -> arrays.put(TIME_OFFSET, NpyArray.of(new long[] {ticks})));
        if (derived.medianNoiseLsb().isPresent()) {
            arrays.put(NOISE, NpyArray.of(derived.noiseLsb(), CalibrationResult.NEURONS));
        }
        derived.mismatch()
                .forEach((quantity, values) ->
                        arrays.put(MISMATCH + quantity.key(), NpyArray.of(values, CalibrationResult.NEURONS)));
        return Collections.unmodifiableSortedMap(arrays);
    }
}
