package firstspike.experiments.firsthour;

import firstspike.experiments.plot.Axis;
import firstspike.experiments.plot.Mark;
import firstspike.experiments.plot.Plot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Recordings as pictures and as rows. */
final class Traces {

    private static final int MADC = 0;
    private static final int CADC = 1;
    private static final int MODEL = 2;
    private static final int SPIKES = 3;
    private static final int THRESHOLD = 5;
    /** The converter's first samples are still on their way up. */
    private static final int SETTLING = 10;

    private Traces() {}

    /** A line through points of time and value. */
    static Mark.Line line(String name, List<double[]> points) {
        return new Mark.Line(
                name,
                MODEL,
                false,
                points.stream().mapToDouble(point -> point[0]).toArray(),
                points.stream().mapToDouble(point -> point[1]).toArray());
    }

    /** A recording with its spikes and the threshold, and the model over it. */
    static Plot plot(String title, String words, MembraneRecording seen, Mark.Line expected, NeuronModel model) {
        double[] madc = seen.madc().clone();
        Arrays.fill(madc, 0, Math.min(SETTLING, madc.length), Double.NaN);
        Axis up = Axis.around(
                "membrane [CADC LSB]", madc, seen.cadc(), expected.y(), new double[] {model.threshold() + 12});
        double[] high = new double[seen.spikesUs().length];
        Arrays.fill(high, model.threshold() + 10);
        List<Mark> marks = new ArrayList<>();
        marks.add(new Mark.Line("MADC", MADC, false, seen.madcUs(), madc));
        marks.add(new Mark.Dots("CADC", CADC, 2.2, seen.cadcUs(), seen.cadc()));
        marks.add(expected);
        marks.add(new Mark.Rule("threshold", THRESHOLD, false, model.threshold()));
        marks.add(new Mark.Dots("spikes", SPIKES, 3, seen.spikesUs(), high));
        return new Plot(title, words, Axis.around("time [us]", seen.madcUs(), seen.cadcUs()), up, marks);
    }

    /** What a recording holds, a line each. */
    static String csv(MembraneRecording seen) {
        StringBuilder csv = new StringBuilder("what,time_us,membrane_lsb\n");
        rows(csv, "madc", seen.madcUs(), seen.madc());
        rows(csv, "cadc", seen.cadcUs(), seen.cadc());
        for (double spike : seen.spikesUs()) {
            csv.append(String.format(Locale.ROOT, "spike,%.3f,\n", spike));
        }
        return csv.toString();
    }

    private static void rows(StringBuilder csv, String what, double[] times, double[] values) {
        for (int i = 0; i < times.length; i++) {
            csv.append(String.format(Locale.ROOT, "%s,%.3f,%.3f\n", what, times[i], values[i]));
        }
    }
}
