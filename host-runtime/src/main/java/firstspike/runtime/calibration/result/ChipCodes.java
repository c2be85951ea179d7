package firstspike.runtime.calibration.result;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.CadcChannel;
import firstspike.driver.coordinate.CapMemCell;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.coordinate.Quadrant;
import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.driver.register.CapMemCellValue;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerValues;
import firstspike.runtime.session.ChipConfiguration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Codes that make a chip what it was calibrated to be: cells of the analog parameter memory, register fields of the neurons
 * and the offsets of the column converters (formats.md 6). What is not set stays as the experiment has it. Immutable.
 */
public final class ChipCodes {

    /** Code of a cell that the calibration does not set. */
    public static final int NOT_SET = 0xFFFF;

    private static final String OFFSET = "offset";
    private static final boolean[] IN_USE = inUse();
    private static final ChipCodes NONE = new ChipCodes(unset(), new TreeMap<>(), new short[CadcChannel.COUNT]);

    private final int[] cells;
    private final SortedMap<CodeField, int[]> fields;
    private final short[] cadcOffsets;

    private ChipCodes(int[] cells, SortedMap<CodeField, int[]> fields, short[] cadcOffsets) {
        this.cells = cells;
        this.fields = fields;
        this.cadcOffsets = cadcOffsets;
    }

    /** Nothing is set, offsets are 0. */
    public static ChipCodes none() {
        return NONE;
    }

    /**
     * The codes of a chip: every cell that is not 0, every field of the neurons that differs from its register's default
     * somewhere, and all offsets.
     *
     * @param configuration every word
     * @return what a calibration keeps of it
     */
    public static ChipCodes of(ChipConfiguration configuration) {
        Builder codes = NONE.change();
        for (int index = 0; index < CapMemCell.COUNT; index++) {
            CapMemCell cell = CapMemCell.of(index);
            if (IN_USE[index] && configuration.word(ChipConfiguration.codePlace(cell)) != 0) {
                codes.cell(cell, configuration.word(ChipConfiguration.codePlace(cell)));
            }
        }
        for (CodeField field : CodeField.values()) {
            int[] values = new int[field.instances()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (int) configuration
                        .values(field.container(), field.coordinate(i))
                        .value(field.label());
            }
            if (Arrays.stream(values).anyMatch(value -> value != field.defaultValue())) {
                codes.field(field, values);
            }
        }
        for (int c = 0; c < CadcChannel.COUNT; c++) {
            codes.cadcOffset(CadcChannel.of(c), (int)
                    configuration.values(Container.CADC_CHANNEL_CONFIG, c).value(OFFSET));
        }
        return codes.build();
    }

    /**
     * @param base every word
     * @return the same with these codes; where nothing is set it stays as it is
     */
    public ChipConfiguration onto(ChipConfiguration base) {
        ChipConfiguration.Builder chip = base.change();
        writeCells(chip);
        Map<Container, List<CodeField>> byContainer =
                fields.keySet().stream().collect(Collectors.groupingBy(CodeField::container));
        byContainer.forEach((container, those) -> {
            for (int i = 0; i < those.get(0).instances(); i++) {
                int coordinate = those.get(0).coordinate(i);
                ContainerValues values = base.values(container, coordinate);
                for (CodeField field : those) {
                    values = values.with(field.label(), fields.get(field)[i]);
                }
                chip.set(container, coordinate, values);
            }
        });
        return chip.build();
    }

    /**
     * Sets the cells and the offsets of the converters, no field of a neuron.
     *
     * @param chip that is built
     */
    public void writeCells(ChipConfiguration.Builder chip) {
        for (int index = 0; index < CapMemCell.COUNT; index++) {
            if (cells[index] != NOT_SET && IN_USE[index]) {
                chip.set(new CapMemCellValue(CapMemCell.of(index), cells[index]));
            }
        }
        ContainerValues channel = Container.CADC_CHANNEL_CONFIG.layout().defaults();
        for (int c = 0; c < CadcChannel.COUNT; c++) {
            chip.set(Container.CADC_CHANNEL_CONFIG, c, channel.with(OFFSET, cadcOffsets[c]));
        }
    }

    /**
     * @param cell of the analog parameter memory
     * @return 0 to 1022, 1023 for a cell that is not refreshed, or {@link #NOT_SET}
     */
    public int code(CapMemCell cell) {
        return cells[cell.index()];
    }

    /**
     * @param neuron 0 to 511
     * @param parameter of it
     * @return as {@link #code(CapMemCell)}
     */
    public int code(int neuron, NeuronParameter parameter) {
        return code(AtomicNeuron.of(neuron).capMemCell(parameter));
    }

    /**
     * @param quadrant of the chip
     * @param parameter that it has once
     * @return as {@link #code(CapMemCell)}
     */
    public int code(Quadrant quadrant, QuadrantParameter parameter) {
        return code(parameter.cell(quadrant));
    }

    /** Codes of all cells by their number on the chip; a copy. */
    public int[] cells() {
        return cells.clone();
    }

    /** How many cells are set. */
    public int cellsSet() {
        return (int) Arrays.stream(cells).filter(code -> code != NOT_SET).count();
    }

    /** Fields that are set, each with its values by instance; the arrays are the caller's. */
    public SortedMap<CodeField, int[]> fields() {
        SortedMap<CodeField, int[]> copy = new TreeMap<>(fields);
        copy.replaceAll((field, values) -> values.clone());
        return copy;
    }

    /**
     * @param field a register field
     * @return whether the calibration sets it
     */
    public boolean sets(CodeField field) {
        return fields.containsKey(field);
    }

    /**
     * @param field that {@link #sets} names
     * @param instance neuron 0 to 511, or side 0 or 1
     * @return its value; for switches 0 or 1
     */
    public int value(CodeField field, int instance) {
        return fields.get(field)[instance];
    }

    /**
     * @param channel of a column converter
     * @return digital offset that is added to its reads
     */
    public int cadcOffset(CadcChannel channel) {
        return cadcOffsets[channel.index()];
    }

    /** Offsets of all channels by their number on the chip; a copy. */
    public short[] cadcOffsets() {
        return cadcOffsets.clone();
    }

    /** A builder that starts from these codes. */
    public Builder change() {
        return new Builder(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChipCodes that
                && Arrays.equals(cells, that.cells)
                && Arrays.equals(cadcOffsets, that.cadcOffsets)
                && fields.keySet().equals(that.fields.keySet())
                && fields.entrySet().stream()
                        .allMatch(entry -> Arrays.equals(entry.getValue(), that.fields.get(entry.getKey())));
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(cells) + Arrays.hashCode(cadcOffsets);
    }

    @Override
    public String toString() {
        return "ChipCodes(" + cellsSet() + " cells, " + fields.keySet() + ")";
    }

    private static boolean[] inUse() {
        boolean[] used = new boolean[CapMemCell.COUNT];
        Arrays.fill(used, true);
        CapMemCell.unused().forEach(cell -> used[cell.index()] = false);
        return used;
    }

    private static int[] unset() {
        int[] cells = new int[CapMemCell.COUNT];
        Arrays.fill(cells, NOT_SET);
        return cells;
    }

    /** Changes codes; one owner thread. */
    public static final class Builder {

        private final int[] cells;
        private final SortedMap<CodeField, int[]> fields;
        private final short[] cadcOffsets;

        private Builder(ChipCodes from) {
            cells = from.cells.clone();
            fields = from.fields();
            cadcOffsets = from.cadcOffsets.clone();
        }

        /**
         * @param cell of the analog parameter memory
         * @param code 0 to 1022, 1023, or {@link #NOT_SET}
         * @return this
         */
        public Builder cell(CapMemCell cell, int code) {
            if (code != NOT_SET && (code < 0 || code > CapMemCellValue.DISABLE_REFRESH)) {
                throw new IllegalArgumentException("code of " + cell + ": " + code + " (limit: 0 to "
                        + CapMemCellValue.MAXIMUM + ", " + CapMemCellValue.DISABLE_REFRESH + " or " + NOT_SET + ")");
            }
            cells[cell.index()] = code;
            return this;
        }

        /**
         * @param neuron 0 to 511
         * @param parameter of it
         * @param code as {@link #cell(CapMemCell, int)}
         * @return this
         */
        public Builder cell(int neuron, NeuronParameter parameter, int code) {
            return cell(AtomicNeuron.of(neuron).capMemCell(parameter), code);
        }

        /**
         * @param field a register field
         * @param values of all its instances, in its range
         * @return this
         */
        public Builder field(CodeField field, int[] values) {
            fields.put(field, field.checked(values));
            return this;
        }

        /**
         * @param channel of a column converter
         * @param offset -128 to 127
         * @return this
         */
        public Builder cadcOffset(CadcChannel channel, int offset) {
            if (offset < Byte.MIN_VALUE || offset > Byte.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "CADC offset of " + channel + ": " + offset + " (limit: -128 to 127)");
            }
            cadcOffsets[channel.index()] = (short) offset;
            return this;
        }

        /** The changed codes. */
        public ChipCodes build() {
            return new ChipCodes(cells.clone(), new TreeMap<>(fields), cadcOffsets.clone());
        }
    }
}
