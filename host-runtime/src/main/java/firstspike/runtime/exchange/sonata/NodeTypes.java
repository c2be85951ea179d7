package firstspike.runtime.exchange.sonata;

import firstspike.runtime.exchange.csv.CsvLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The table of node types beside a SONATA file: cells between blanks, texts with blanks in double quotes. */
final class NodeTypes {

    private static final int MOST = 100_000;

    private NodeTypes() {}

    /**
     * A row of the table.
     *
     * @param model type of the model
     * @param template of the model
     * @param cells all other cells by the names of their columns
     */
    record Type(String model, String template, Map<String, String> cells) {

        /** Cells that are numbers, the same for each of n nodes. */
        SortedMap<String, double[]> numbers(int n) {
            SortedMap<String, double[]> numbers = new TreeMap<>();
            cells.forEach((name, text) -> {
                if (text.matches("-?[0-9]+(\\.[0-9]*)?([eE][+-]?[0-9]{1,3})?")) {
                    double[] values = new double[n];
                    Arrays.fill(values, Double.parseDouble(text));
                    numbers.put(name, values);
                }
            });
            return numbers;
        }
    }

    static Map<Long, Type> read(Path path) {
        try (CsvLines lines = CsvLines.open(path)) {
            List<String> header = words(lines.nextLine());
            int id = header.indexOf("node_type_id");
            if (id < 0) {
                throw lines.malformed("no column node_type_id", "a table of node types", "name the right file");
            }
            Map<Long, Type> types = new LinkedHashMap<>();
            for (List<String> row = words(lines.nextLine()); !row.isEmpty(); row = words(lines.nextLine())) {
                if (row.size() != header.size()
                        || types.size() == MOST
                        || !row.get(id).matches("[0-9]{1,18}")) {
                    throw lines.malformed(
                            row.size() + " cells",
                            header.size() + " cells and a number as node_type_id",
                            "mend the row");
                }
                Map<String, String> cells = new LinkedHashMap<>();
                for (int i = 0; i < row.size(); i++) {
                    cells.put(header.get(i), row.get(i));
                }
                cells.remove("node_type_id");
                Type type = new Type(
                        cells.getOrDefault("model_type", ""), cells.getOrDefault("model_template", "NULL"), cells);
                if (types.put(Long.parseLong(row.get(id)), type) != null) {
                    throw lines.malformed("node type " + row.get(id) + " twice", "each type once", "correct the row");
                }
            }
            return types;
        }
    }

    /** Cells of a line; none at the end of the table. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        if (line == null) {
            return words;
        }
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        for (char c : (line + " ").toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
                any = true;
            } else if (Character.isWhitespace(c) && !quoted) {
                if (any) {
                    words.add(word.toString());
                }
                word.setLength(0);
                any = false;
            } else {
                word.append(c);
                any = true;
            }
        }
        return words;
    }
}
