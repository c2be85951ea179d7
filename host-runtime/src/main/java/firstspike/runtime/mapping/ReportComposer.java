package firstspike.runtime.mapping;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.SynapseDriver;
import firstspike.runtime.mapping.CircuitGrades.Grade;
import firstspike.runtime.mapping.LayerReport.ClassUsage;
import firstspike.runtime.network.ChipSettings;
import firstspike.runtime.network.Network;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Counts what a placement takes of a chip. */
final class ReportComposer {

    private static final double SHORT_WINDOW_TAU = 12;
    private static final double NOTABLE_SCALE_DEVIATION = 0.2;
    private static final double US_PER_TICK = 8e-3;

    private final Network network;
    private final ChipSettings settings;
    private final Placement placement;
    private final List<LayerLaw> laws;
    private final BatchTiming timing;
    private final CircuitGrades grades;

    ReportComposer(
            Network network,
            ChipSettings settings,
            Placement placement,
            List<LayerLaw> laws,
            BatchTiming timing,
            CircuitGrades grades) {
        this.network = network;
        this.settings = settings;
        this.placement = placement;
        this.laws = laws;
        this.timing = timing;
        this.grades = grades;
    }

    MappingReport compose() {
        List<LayerReport> layers = new ArrayList<>();
        for (int l = 0; l < laws.size(); l++) {
            layers.add(layer(l));
        }
        int drivers = placement.drivers().cardinality();
        Placement.Limits limits = placement.limits();
        int avoided = avoided();
        return new MappingReport(
                placement.scheme(),
                layers,
                new Usage(placement.circuits(), AtomicNeuron.COUNT),
                new Usage(2 * drivers, 2 * SynapseDriver.COUNT),
                new Usage(drivers, SynapseDriver.COUNT),
                new Usage(placement.externals().size(), limits.externals()),
                new Usage(placement.neurons(), limits.neurons()),
                placement.externals().size(),
                movedEvents(),
                timing.windowTicks() * US_PER_TICK,
                timing.offsetTicks() * US_PER_TICK,
                avoided,
                warnings(avoided));
    }

    private LayerReport layer(int l) {
        LayerPlacement layer = placement.layers().get(l);
        BitSet columns = new BitSet();
        for (int n = layer.firstNeuron(); n < layer.firstNeuron() + layer.size(); n++) {
            columns.set(placement.column(n, 0), placement.column(n, layer.circuits()));
        }
        double scale = laws.get(l).scale();
        return new LayerReport(
                layer.name(),
                layer.size(),
                layer.firstNeuron(),
                layer.circuits(),
                columns.cardinality(),
                layer.places(),
                SynapseDriver.ON_BLOCK * layer.circuits(),
                layer.largestCopies(),
                placement.scheme().equals(OwnPlacer.SCHEME) ? classes(layer) : List.of(),
                laws.get(l),
                1 / scale,
                layer.largestCopies() * WeightWords.LARGEST / scale);
    }

    private static List<ClassUsage> classes(LayerPlacement layer) {
        int[] places = new int[OwnPlacer.CLASSES];
        int[] labels = new int[OwnPlacer.CLASSES];
        for (int row = 0; row < layer.rows(); row++) {
            labels[OwnPlacer.classOf(layer.rowPair()[layer.firstPlace()[row]])]++;
            for (int place = layer.firstPlace()[row]; place < layer.firstPlace()[row + 1]; place++) {
                places[OwnPlacer.classOf(layer.rowPair()[place])]++;
            }
        }
        return IntStream.range(0, OwnPlacer.CLASSES)
                .mapToObj(group -> new ClassUsage(
                        new Usage(places[group], OwnPlacer.DRIVERS * layer.circuits()),
                        new Usage(labels[group], OwnPlacer.LABELS)))
                .toList();
    }

    /**
     * Neurons on circuits that are out of tolerance. The published scheme swaps the roles of a pair, and its worse circuit
     * may then lend its synapses; our own takes no such circuit while others are left.
     */
    private int avoided() {
        boolean swaps = !placement.scheme().equals(OwnPlacer.SCHEME);
        int avoided = 0;
        for (LayerPlacement layer : placement.layers()) {
            for (int n = layer.firstNeuron(); n < layer.firstNeuron() + layer.size(); n++) {
                int first = swaps ? placement.activeCircuit()[n] : placement.firstCircuit()[n];
                avoided += IntStream.range(first, first + (swaps ? 1 : layer.circuits()))
                                .anyMatch(circuit -> grades.of(circuit) == Grade.AVOIDED)
                        ? 1
                        : 0;
            }
        }
        return avoided;
    }

    /** Moved events of one sample whose inputs spread evenly over the first half of the window. */
    private int movedEvents() {
        int inputs = network.inputs();
        double[] time = new double[inputs];
        short[] source = new short[inputs];
        double window = timing.windowTicks() / timing.ticksPerTau();
        for (int i = 0; i < inputs; i++) {
            time[i] = window / 2 * (i + 0.5) / inputs;
            source[i] = (short) i;
        }
        StimulusEncoder encoder = new StimulusEncoder(placement.externals(), inputs, timing);
        return (int) encoder.encode(new int[] {0, inputs}, source, time, 0, 1).moved();
    }

    private List<String> warnings(int avoided) {
        List<String> warnings = new ArrayList<>();
        if (settings.windowTau() < SHORT_WINDOW_TAU) {
            warnings.add(text(
                    "chip.window_tau %s is below %s: samples may disturb each other",
                    settings.windowTau(), SHORT_WINDOW_TAU));
        }
        double offsetUs = timing.offsetTicks() * US_PER_TICK;
        if (offsetUs > settings.timingOffsetUs() + 1e-2) {
            warnings.add(text(
                    "chip.timing_offset_us %s raised to %s: neurons must come to rest between batches",
                    settings.timingOffsetUs(), offsetUs));
        }
        for (int l = 0; l < laws.size(); l++) {
            double scale = laws.get(l).scale();
            boolean same = l > 0 && laws.get(l - 1).scale() == scale;
            if (!same && Math.abs(scale / settings.scaleWeights() - 1) > NOTABLE_SCALE_DEVIATION) {
                warnings.add(
                        text("a unit weight has %.4g LSB, not chip.scale_weights %s", scale, settings.scaleWeights()));
            }
        }
        if (avoided > 0) {
            warnings.add(text("%d neurons lie on circuits that are out of tolerance: no others are left", avoided));
        }
        return warnings;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
