package firstspike.runtime.exchange.nir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Walks a graph from its output to its input and finds the layers and what connects them. */
final class NirPaths {

    private final String file;
    private final NirGraph graph;
    private final Map<String, NirNode> nodes;
    private final Map<String, List<String>> into = new LinkedHashMap<>();
    private final List<String> reasons = new ArrayList<>();

    NirPaths(String file, NirGraph graph) {
        this.file = file;
        this.graph = graph;
        this.nodes = graph.byName();
    }

    /**
     * A layer with its sources.
     *
     * @param neurons of the layer
     * @param before name of the layer before, or of the input
     * @param fromBefore (source channel, neuron)
     * @param fromInput (input channel, neuron), null when nothing but {@code before} leads here
     * @param constant a constant current of each neuron, null when there is none
     */
    record LayerPath(
            NirNode.CubaLif neurons, String before, double[] fromBefore, double[] fromInput, double[] constant) {}

    /** The layers from input to output. */
    List<LayerPath> layers() {
        checkNodes();
        checkEdges();
        checkCycles();
        if (!reasons.isEmpty()) {
            throw NirFailure.unsupported(file, reasons);
        }
        Deque<LayerPath> layers = new ArrayDeque<>();
        String at = only(NirNode.Kind.OUTPUT).name();
        String input = only(NirNode.Kind.INPUT).name();
        List<String> last = into.getOrDefault(at, List.of());
        if (last.size() != 1 || nodes.get(last.get(0)).kind() != NirNode.Kind.CUBA_LIF) {
            throw NirFailure.unsupported(file, List.of("Output is not fed by exactly one CubaLIF"));
        }
        at = last.get(0);
        while (!at.equals(input)) {
            LayerPath layer = layer((NirNode.CubaLif) nodes.get(at), input);
            layers.addFirst(layer);
            at = layer.before();
        }
        int[] shape = ((NirNode.Output) only(NirNode.Kind.OUTPUT)).shape();
        int outputs = product(shape);
        if (outputs != layers.getLast().neurons().size()) {
            throw NirFailure.malformed(
                    file,
                    "Output",
                    outputs + " channels",
                    layers.getLast().neurons().size() + " neurons before it");
        }
        return List.copyOf(layers);
    }

    /** The one input. */
    NirNode.Input input() {
        return (NirNode.Input) only(NirNode.Kind.INPUT);
    }

    static int product(int[] shape) {
        int product = 1;
        for (int dimension : shape) {
            product *= dimension;
        }
        return product;
    }

    private NirNode only(NirNode.Kind kind) {
        return graph.nodes().stream()
                .filter(node -> node.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private void checkNodes() {
        for (NirNode.Kind kind : List.of(NirNode.Kind.INPUT, NirNode.Kind.OUTPUT)) {
            long count =
                    graph.nodes().stream().filter(node -> node.kind() == kind).count();
            if (count != 1) {
                reasons.add(count + " nodes of type " + (kind == NirNode.Kind.INPUT ? "Input" : "Output"));
            }
        }
        for (NirNode node : graph.nodes()) {
            if (node.kind() == NirNode.Kind.OTHER) {
                reasons.add(node.name() + " (" + node.type() + ")");
            } else if (node instanceof NirNode.Delay delay) {
                for (double each : delay.delay()) {
                    if (each != 0) {
                        reasons.add(node.name() + " (Delay of " + each + ")");
                        break;
                    }
                }
            }
        }
    }

    private void checkEdges() {
        for (NirGraph.Edge edge : graph.edges()) {
            for (String end : List.of(edge.from(), edge.to())) {
                if (!nodes.containsKey(end)) {
                    throw NirFailure.malformed(
                            file, "edge " + edge.from() + " to " + edge.to(), "no node " + end, "nodes that are there");
                }
            }
            into.computeIfAbsent(edge.to(), name -> new ArrayList<>()).add(edge.from());
        }
    }

    /** Nodes that are left when those without predecessors are taken away again and again lie on a cycle, or behind one. */
    private void checkCycles() {
        Map<String, Integer> open = new LinkedHashMap<>();
        Map<String, List<String>> out = new LinkedHashMap<>();
        nodes.keySet()
                .forEach(name ->
                        open.put(name, into.getOrDefault(name, List.of()).size()));
        graph.edges().forEach(edge -> out.computeIfAbsent(edge.from(), name -> new ArrayList<>())
                .add(edge.to()));
        Deque<String> free = new ArrayDeque<>();
        open.forEach((name, count) -> {
            if (count == 0) {
                free.add(name);
            }
        });
        int seen = 0;
        while (!free.isEmpty()) {
            seen++;
            for (String next : out.getOrDefault(free.remove(), List.of())) {
                if (open.merge(next, -1, Integer::sum) == 0) {
                    free.add(next);
                }
            }
        }
        if (seen < nodes.size()) {
            List<String> cyclic = open.entrySet().stream()
                    .filter(entry -> entry.getValue() > 0)
                    .map(Map.Entry::getKey)
                    .toList();
            reasons.add("recurrent edges among " + String.join(", ", cyclic));
        }
    }

    private LayerPath layer(NirNode.CubaLif neurons, String input) {
        Map<String, double[]> sources = new LinkedHashMap<>();
        double[] constant = new double[neurons.size()];
        for (String each : into.getOrDefault(neurons.name(), List.of())) {
            collect(each, neurons, sources, constant);
        }
        List<String> layersBefore =
                sources.keySet().stream().filter(name -> !name.equals(input)).toList();
        if (sources.isEmpty() || layersBefore.size() > 1) {
            throw NirFailure.unsupported(
                    file,
                    List.of(neurons.name() + " (CubaLIF) is fed by "
                            + (sources.isEmpty() ? "nothing" : "several layers: " + String.join(", ", layersBefore))));
        }
        boolean any = false;
        for (double each : constant) {
            any |= each != 0;
        }
        String before = layersBefore.isEmpty() ? input : layersBefore.get(0);
        return new LayerPath(
                neurons,
                before,
                sources.get(before),
                layersBefore.isEmpty() ? null : sources.get(input),
                any ? constant : null);
    }

    /** Follows one chain of linear nodes back to its source and adds what it does. */
    private void collect(String first, NirNode.CubaLif neurons, Map<String, double[]> sources, double[] constant) {
        SourceMap map = new SourceMap(file, neurons.size());
        String at = first;
        while (isLinear(nodes.get(at))) {
            NirNode node = nodes.get(at);
            if (node instanceof NirNode.Scale scale) {
                map.scale(scale);
            } else if (node instanceof NirNode.Linear linear) {
                addConstant(linear, map, constant);
                map.linear(linear);
            }
            List<String> before = into.getOrDefault(at, List.of());
            if (before.size() != 1) {
                throw NirFailure.unsupported(
                        file, List.of(at + " (" + node.type() + ") is fed by " + before.size() + " nodes"));
            }
            at = before.get(0);
        }
        NirNode source = nodes.get(at);
        int channels = source instanceof NirNode.CubaLif layer
                ? layer.size()
                : source instanceof NirNode.Input input ? product(input.shape()) : -1;
        if (channels != map.rows()) {
            throw NirFailure.malformed(
                    file,
                    "edge from " + at + " towards " + neurons.name(),
                    channels + " channels",
                    map.rows() + " channels");
        }
        double[] matrix = map.matrix(at);
        sources.merge(at, matrix, (a, b) -> {
            for (int i = 0; i < a.length; i++) {
                a[i] += b[i];
            }
            return a;
        });
    }

    private void addConstant(NirNode.Linear linear, SourceMap map, double[] constant) {
        if (linear.bias().isEmpty()) {
            return;
        }
        double[] bias = linear.bias().get();
        if (bias.length != linear.weight().shape()[0] || bias.length != map.rows()) {
            throw NirFailure.malformed(
                    file, "node " + linear.name() + " (Affine)", bias.length + " biases", map.rows() + " outputs");
        }
        double[] sum = map.through(bias);
        for (int j = 0; j < constant.length; j++) {
            constant[j] += sum[j];
        }
    }

    private static boolean isLinear(NirNode node) {
        return node.kind() == NirNode.Kind.LINEAR
                || node.kind() == NirNode.Kind.SCALE
                || node.kind() == NirNode.Kind.DELAY;
    }
}
