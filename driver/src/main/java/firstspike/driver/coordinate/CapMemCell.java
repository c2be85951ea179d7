package firstspike.driver.coordinate;

import java.util.ArrayList;
import java.util.List;

/**
 * Cell of the analog parameter memory. Columns 0..127 of a quadrant belong to its neurons, columns 128 and 129 are
 * shared; rows 0..7 store voltages, rows 8..23 currents (registers.md 10.1 to 10.4).
 *
 * @param quadrant block of cells
 * @param column 0..129
 * @param row 0..23
 */
public record CapMemCell(Quadrant quadrant, int column, int row) implements Comparable<CapMemCell> {

    /** Columns of a block. */
    public static final int COLUMNS = 130;

    /** Rows of a block. */
    public static final int ROWS = 24;

    /** Cells of a block. */
    public static final int ON_BLOCK = COLUMNS * ROWS;

    /** Cells of a chip. */
    public static final int COUNT = Quadrant.COUNT * ON_BLOCK;

    /** First column that is shared by the quadrant. */
    public static final int FIRST_SHARED_COLUMN = 128;

    /** First row of the current cells. */
    public static final int FIRST_CURRENT_ROW = 8;

    /** Checks the ranges: {@link IllegalArgumentException} outside. */
    public CapMemCell {
        Bounds.check("CapMem column", column, COLUMNS);
        Bounds.check("CapMem row", row, ROWS);
    }

    /** The cell with this number on the chip; {@link IllegalArgumentException} outside 0..12479. */
    public static CapMemCell of(int index) {
        Bounds.check("CapMemCell", index, COUNT);
        int onBlock = index % ON_BLOCK;
        return new CapMemCell(Quadrant.of(index / ON_BLOCK), onBlock % COLUMNS, onBlock / COLUMNS);
    }

    /** The 90 shared cells that drive nothing, in the order of their numbers. */
    public static List<CapMemCell> unused() {
        List<CapMemCell> cells = new ArrayList<>();
        for (Quadrant quadrant : Quadrant.values()) {
            for (int row = 0; row < ROWS; row++) {
                for (int column = FIRST_SHARED_COLUMN; column < COLUMNS; column++) {
                    CapMemCell cell = new CapMemCell(quadrant, column, row);
                    if (!isNamed(cell)) {
                        cells.add(cell);
                    }
                }
            }
        }
        return List.copyOf(cells);
    }

    /** Number on the chip, 0..12479. */
    public int index() {
        return ON_BLOCK * quadrant.index() + indexOnBlock();
    }

    /** Number on the block, 0..3119: 130 times the row plus the column. */
    public int indexOnBlock() {
        return COLUMNS * row + column;
    }

    /** Whether it stores a voltage; else it stores a current. */
    public boolean isVoltage() {
        return row < FIRST_CURRENT_ROW;
    }

    @Override
    public int compareTo(CapMemCell other) {
        return Integer.compare(index(), other.index());
    }

    private static boolean isNamed(CapMemCell cell) {
        for (QuadrantParameter parameter : QuadrantParameter.values()) {
            if (parameter.cell(cell.quadrant).equals(cell)) {
                return true;
            }
        }
        for (ChipParameter parameter : ChipParameter.values()) {
            if (parameter.cell().equals(cell)) {
                return true;
            }
        }
        return false;
    }
}
