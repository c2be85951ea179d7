package firstspike.runtime.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a network takes of a chip, for people and, field by field, for programs.
 *
 * @param scheme name of the mapping scheme
 * @param layers from input to output
 * @param circuits neuron circuits
 * @param rows synapse rows of both hemispheres
 * @param drivers synapse drivers of both hemispheres
 * @param externalLabels labels of events from the host
 * @param neuronLabels labels of on-chip neurons
 * @param eventsPerSample events that the host sends in a sample with one spike an input
 * @param eventsMovedPerSample those of them that find their tick full when no two inputs share an instant
 * @param sampleTimeUs window of a sample, microseconds
 * @param offsetUs time before the first sample of a batch, microseconds
 * @param avoided neurons on circuits that are out of tolerance, because no others are left
 * @param warnings what deserves attention, in order
 */
public record MappingReport(
        String scheme,
        List<LayerReport> layers,
        Usage circuits,
        Usage rows,
        Usage drivers,
        Usage externalLabels,
        Usage neuronLabels,
        int eventsPerSample,
        int eventsMovedPerSample,
        double sampleTimeUs,
        double offsetUs,
        int avoided,
        List<String> warnings) {

    /** Copies the lists. */
    public MappingReport {
        layers = List.copyOf(layers);
        warnings = List.copyOf(warnings);
    }

    /**
     * Time that a chip is busy with samples; the set-up is not counted.
     *
     * @param samples in all
     * @param batchSize samples a program
     * @return seconds
     */
    public double chipSeconds(long samples, int batchSize) {
        long batches = (samples + batchSize - 1) / batchSize;
        return (samples * sampleTimeUs + batches * (offsetUs + BatchTiming.PROGRAM_GAP_US)) * 1e-6;
    }

    /** Lines for a screen of 100 columns. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        int neurons = layers.stream().mapToInt(LayerReport::neurons).sum();
        lines.add(line("mapping", scheme + " scheme, " + neurons + " neurons"));
        lines.add(line("circuits", circuits.toString()));
        lines.add(line("rows", rows + ", drivers " + drivers));
        lines.add(line("labels", "external " + externalLabels + ", on-chip " + neuronLabels));
        layers.forEach(layer -> lines.addAll(lines(layer)));
        lines.add(line("events", text("%d a sample, %d moved to a later tick", eventsPerSample, eventsMovedPerSample)));
        lines.add(line("time", text("%.6g us a sample, %.6g us before the first", sampleTimeUs, offsetUs)));
        warnings.forEach(warning -> lines.add(line("warning", warning)));
        return lines;
    }

    private static List<String> lines(LayerReport layer) {
        List<String> lines = new ArrayList<>();
        LayerLaw law = layer.law();
        lines.add(line(
                "layer " + layer.name(),
                text(
                        "%d neurons of %d circuits from %d, fan-in %d of %d, row copies to %d",
                        layer.neurons(),
                        layer.circuitsPerNeuron(),
                        layer.firstNeuron(),
                        layer.fanIn(),
                        layer.fanInAvailable(),
                        layer.rowCopies())));
        lines.add(line(
                "  weights",
                text(
                        "%.4g LSB a unit, step %.4g, limit %.4g",
                        layer.scale(), layer.weightStep(), layer.weightLimit())));
        lines.add(line(
                "  membrane",
                law.nominal()
                        .map(codes -> text(
                                "i_bias_leak %d%s (tau_mem %.4g us), leak %d, threshold %d",
                                codes.leakBias(),
                                codes.leakDivision() ? " divided" : "",
                                codes.tauMemUs(),
                                codes.leak(),
                                codes.threshold()))
                        .orElseGet(() -> text("calibrated, tau_mem %.4g us in the median", law.tauMemUs()))));
        lines.add(line(
                "  synapses",
                law.nominal()
                        .map(codes -> text(
                                "tau %d (%.4g us), gm %d (c %.4g), DAC %d",
                                codes.synapticTau(),
                                codes.tauSynUs(),
                                codes.gm(),
                                codes.thresholdDrive(),
                                codes.synapseDac()))
                        .orElseGet(() -> text(
                                "calibrated, tau_syn %.4g us in the median, c %.4g",
                                law.tauSynUs(), law.thresholdDrive()))));
        for (int bus = 0; bus < layer.classes().size() / 4; bus++) {
            List<LayerReport.ClassUsage> classes = layer.classes().subList(4 * bus, 4 * bus + 4);
            lines.add(line(
                    "  bus " + bus,
                    "row pairs " + numbers(classes.stream().map(LayerReport.ClassUsage::places)) + ", labels "
                            + numbers(classes.stream().map(LayerReport.ClassUsage::labels))));
        }
        return lines;
    }

    /** Numbers of the four classes of a bus, and what each could have. */
    private static String numbers(Stream<Usage> usages) {
        List<Usage> list = usages.toList();
        return list.stream().map(usage -> Integer.toString(usage.used())).collect(Collectors.joining("+")) + " of "
                + list.get(0).available() + " each";
    }

    private static String line(String name, String text) {
        return String.format(Locale.ROOT, "%-14s %s", name, text);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
