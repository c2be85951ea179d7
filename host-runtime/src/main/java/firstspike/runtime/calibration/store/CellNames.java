package firstspike.runtime.calibration.store;

import firstspike.driver.coordinate.CapMemCell;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.coordinate.QuadrantParameter;

/** What cells of the analog parameter memory are called, whatever their neuron or quadrant. */
final class CellNames {

    private CellNames() {}

    static String of(CapMemCell cell) {
        if (cell.column() < CapMemCell.FIRST_SHARED_COLUMN) {
            return NeuronParameter.values()[cell.row()].label();
        }
        for (QuadrantParameter parameter : QuadrantParameter.values()) {
            if (parameter.cell(cell.quadrant()).equals(cell)) {
                return parameter.label();
            }
        }
        return "shared " + cell.column() + ", " + cell.row();
    }
}
