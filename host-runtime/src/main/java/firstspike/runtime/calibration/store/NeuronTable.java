package firstspike.runtime.calibration.store;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.BadNeuron;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.recording.ShortestDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table {@code neurons.csv} of a result, a row a neuron, for people (formats.md 6). */
final class NeuronTable {

    private static final List<Quantity> COLUMNS = List.of(
            Quantity.LEAK,
            Quantity.RESET,
            Quantity.THRESHOLD,
            Quantity.TAU_MEM,
            Quantity.TAU_SYN_EXC,
            Quantity.TAU_SYN_INH,
            Quantity.REFRACTORY,
            Quantity.AMPLITUDE_EXC,
            Quantity.AMPLITUDE_INH);
    /** Columns of tables that have something in them. */
    private static final List<Quantity> ASKED = List.of(Quantity.TAU_ICC);

    private NeuronTable() {}

    static String of(CalibrationResult result) {
        StringBuilder text = new StringBuilder("neuron,quadrant,column,good");
        List<Quantity> columns = Stream.concat(COLUMNS.stream(), ASKED.stream().filter(result.measured()::contains))
                .toList();
        columns.forEach(column -> text.append(',').append(column.key()));
        text.append(",reason\n");
        boolean[] good = result.good();
        List<double[]> values = columns.stream()
                .map(column -> result.achieved(column).orElse(null))
                .toList();
        for (int n = 0; n < AtomicNeuron.COUNT; n++) {
            int neuron = n;
            AtomicNeuron circuit = AtomicNeuron.of(n);
            text.append(String.format(
                    Locale.ROOT,
                    "%d,%d,%d,%b",
                    n,
                    circuit.quadrant().index(),
                    circuit.column().index(),
                    good[n]));
            values.forEach(column -> {
                text.append(',');
                if (column != null && !Double.isNaN(column[neuron])) {
                    text.append(ShortestDecimal.of(column[neuron]));
                }
            });
            text.append(',')
                    .append(result.bad().stream()
                            .filter(bad -> bad.neuron() == neuron)
                            .map(NeuronTable::reason)
                            .collect(Collectors.joining(" ")))
                    .append('\n');
        }
        return text.toString();
    }

    private static String reason(BadNeuron bad) {
        return bad.quantity() + ":" + bad.reason().label();
    }
}
