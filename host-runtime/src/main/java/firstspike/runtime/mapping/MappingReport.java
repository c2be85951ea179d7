package firstspike.runtime.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
 * @param codes analog codes and what they give
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
        NominalCodes codes,
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
        int each = layers.get(0).circuitsPerNeuron();
        lines.add(line("mapping", scheme + " scheme, " + neurons + " neurons of " + each + " circuits"));
        lines.add(line("circuits", circuits.toString()));
        lines.add(line("rows", rows + ", drivers " + drivers));
        lines.add(line("labels", "external " + externalLabels + ", on-chip " + neuronLabels));
        for (LayerReport layer : layers) {
            lines.add(line(
                    "layer " + layer.name(),
                    String.format(
                            Locale.ROOT,
                            "%d neurons from %d, fan-in %d of %d, %.4g LSB a unit, step %.4g, limit %.4g",
                            layer.neurons(),
                            layer.firstNeuron(),
                            layer.fanIn(),
                            layer.fanInAvailable(),
                            layer.scale(),
                            layer.weightStep(),
                            layer.weightLimit())));
        }
        lines.add(line(
                "events",
                String.format(
                        Locale.ROOT, "%d a sample, %d moved to a later tick", eventsPerSample, eventsMovedPerSample)));
        lines.add(line(
                "time",
                String.format(Locale.ROOT, "%.6g us a sample, %.6g us before the first", sampleTimeUs, offsetUs)));
        lines.add(line(
                "membrane",
                String.format(
                        Locale.ROOT,
                        "i_bias_leak %d%s (tau_mem %.4g us), leak %d, threshold %d",
                        codes.leakBias(),
                        codes.leakDivision() ? " divided" : "",
                        codes.tauMemUs(),
                        codes.leak(),
                        codes.threshold())));
        lines.add(line(
                "synapses",
                String.format(
                        Locale.ROOT,
                        "tau %d (%.4g us), gm %d (c %.4g), DAC %d",
                        codes.synapticTau(),
                        codes.tauSynUs(),
                        codes.gm(),
                        codes.thresholdDrive(),
                        codes.synapseDac())));
        warnings.forEach(warning -> lines.add(line("warning", warning)));
        return lines;
    }

    private static String line(String name, String text) {
        return String.format(Locale.ROOT, "%-14s %s", name, text);
    }
}
