package firstspike.runtime.exchange.sonata;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.exchange.csv.CsvLines;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What node ids of a file mean here: a CSV table {@code population,node_id,to_population,neuron}. */
public final class NodeMap {

    private static final List<String> HEADER = List.of("population", "node_id", "to_population", "neuron");
    private static final int MOST = 1_000_000;

    private NodeMap() {}

    /**
     * A neuron by population and number.
     *
     * @param population name
     * @param id number in it
     */
    public record Node(String population, long id) {}

    /**
     * @param path of a CSV table
     * @return from nodes to neurons
     * @throws FormatException naming file, line and value
     */
    public static Map<Node, Node> read(Path path) {
        try (CsvLines lines = CsvLines.open(path)) {
            if (!HEADER.equals(lines.next())) {
                throw lines.malformed("another header", String.join(",", HEADER), "correct the header");
            }
            Map<Node, Node> map = new HashMap<>();
            for (List<String> row = lines.next(); row != null; row = lines.next()) {
                if (row.size() != HEADER.size() || map.size() == MOST) {
                    throw lines.malformed(
                            row.size() + " cells", HEADER.size() + " cells, " + MOST + " rows", "mend it");
                }
                Node from = new Node(row.get(0), number(lines, row.get(1)));
                if (map.put(from, new Node(row.get(2), number(lines, row.get(3)))) != null) {
                    throw lines.malformed("node " + from + " twice", "each node once", "correct the row");
                }
            }
            return map;
        }
    }

    private static long number(CsvLines lines, String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw lines.malformed("'" + text + "'", "a number of 0 or more", "correct the cell");
        }
        return Long.parseLong(text);
    }
}
