package firstspike.runtime.calibration.store;

import firstspike.driver.coordinate.CadcChannel;
import firstspike.driver.coordinate.CapMemCell;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.quantity.SharedQuantity;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.ChipCodes;
import firstspike.runtime.calibration.result.CodeField;
import firstspike.runtime.calibration.result.Derived;
import firstspike.runtime.calibration.result.ResultArrays;
import firstspike.runtime.exchange.NpyArray;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes the arrays of {@code cells.npz} apart; unchecked exceptions of the JDK for what no result has. */
final class ArrayReader {

    private final SortedMap<String, NpyArray> arrays;

    ArrayReader(SortedMap<String, NpyArray> arrays) {
        this.arrays = arrays;
    }

    void codes(CalibrationResult.Builder result) {
        ChipCodes.Builder codes = ChipCodes.none().change();
        long[] cells = longs(ResultArrays.CAPMEM, CapMemCell.COUNT);
        for (int index = 0; index < cells.length; index++) {
            codes.cell(CapMemCell.of(index), (int) cells[index]);
        }
        below(ResultArrays.DIGITAL).forEach((name, array) -> {
            CodeField field = CodeField.of(name);
            codes.field(
                    field,
                    Arrays.stream(array.longs()).mapToInt(Math::toIntExact).toArray());
        });
        long[] offsets = longs(ResultArrays.CADC_OFFSET, CadcChannel.COUNT);
        for (int c = 0; c < offsets.length; c++) {
            codes.cadcOffset(CadcChannel.of(c), Math.toIntExact(offsets[c]));
        }
        result.codes(codes.build());
    }

    void achieved(CalibrationResult.Builder result) {
        below(ResultArrays.ACHIEVED).forEach((name, array) -> result.achieved(quantity(name), array.doubles()));
        for (SharedQuantity quantity : SharedQuantity.values()) {
            NpyArray array = arrays.get(ResultArrays.SHARED + quantity.key());
            if (array != null) {
                result.shared(quantity, array.doubles());
            }
        }
    }

    void derived(CalibrationResult.Builder result) {
        Map<Quantity, double[]> mismatch = new EnumMap<>(Quantity.class);
        below(ResultArrays.MISMATCH).forEach((name, array) -> mismatch.put(quantity(name), array.doubles()));
        OptionalLong offset = arrays.containsKey(ResultArrays.TIME_OFFSET)
                ? OptionalLong.of(longs(ResultArrays.TIME_OFFSET, 1)[0])
                : OptionalLong.empty();
        Derived derived = new Derived(array(ResultArrays.THETA_NORM).doubles(), offset, mismatch);
        result.derived(
                arrays.containsKey(ResultArrays.NOISE)
                        ? derived.withNoise(array(ResultArrays.NOISE).doubles())
                        : derived);
    }

    private static Quantity quantity(String key) {
        for (Quantity quantity : Quantity.values()) {
            if (quantity.key().equals(key)) {
                return quantity;
            }
        }
        throw new IllegalArgumentException("quantity " + key + ": unknown (limit: those of this version)");
    }

    /** Arrays whose names begin so, by the rest of the name. */
    private Map<String, NpyArray> below(String prefix) {
        Map<String, NpyArray> found = new TreeMap<>();
        arrays.forEach((name, array) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), array);
            }
        });
        return found;
    }

    private long[] longs(String name, int count) {
        long[] values = array(name).longs();
        if (values.length != count) {
            throw new IllegalArgumentException(
                    "array " + name + ": " + values.length + " elements (limit: " + count + ")");
        }
        return values;
    }

    private NpyArray array(String name) {
        NpyArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("array " + name + ": missing (limit: every calibration has it)");
        }
        return array;
    }
}
