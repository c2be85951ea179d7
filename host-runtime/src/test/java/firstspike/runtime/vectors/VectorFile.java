package firstspike.runtime.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.driver.vectors.VectorFiles;
import java.util.ArrayList;
import java.util.List;

/** Cases of test vectors and their notation of times. */
public final class VectorFile {
    private VectorFile() {}

    /** The cases of a file, such as {@code spiketime.json}. */
    public static List<JsonNode> cases(String name) {
        List<JsonNode> cases = new ArrayList<>();
        VectorFiles.read(name).get("vectors").forEach(cases::add);
        return cases;
    }

    /** An array of numbers in which null stands for an absent event. */
    public static double[] times(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).isNull()
                    ? Double.POSITIVE_INFINITY
                    : array.get(i).doubleValue();
        }
        return values;
    }

    /** A rectangular array of numbers, row after row, in which null stands for an absent event. */
    public static double[] matrix(JsonNode rows) {
        List<Double> values = new ArrayList<>();
        for (JsonNode row : rows) {
            for (double value : times(row)) {
                values.add(value);
            }
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
