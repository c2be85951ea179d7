package firstspike.runtime.exchange.nir;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A graph as a file holds it.
 *
 * @param nodes with unique names
 * @param edges from and to, by names
 * @param texts metadata that are texts, by key
 * @param numbers metadata that are numbers, by key
 */
public record NirGraph(
        List<NirNode> nodes, List<Edge> edges, SortedMap<String, String> texts, SortedMap<String, double[]> numbers) {

    /** Copies lists and maps. */
    public NirGraph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
        texts = new TreeMap<>(texts);
        numbers = new TreeMap<>(numbers);
    }

    /**
     * A connection.
     *
     * @param from name of a node
     * @param to name of a node
     */
    public record Edge(String from, String to) {}

    /** Nodes by their names, in order. */
    Map<String, NirNode> byName() {
        Map<String, NirNode> map = new java.util.LinkedHashMap<>();
        nodes.forEach(node -> map.put(node.name(), node));
        return map;
    }
}
