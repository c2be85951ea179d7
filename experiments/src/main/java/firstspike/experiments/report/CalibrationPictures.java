package firstspike.experiments.report;

import firstspike.experiments.figure.Histogram;
import firstspike.experiments.plot.Axis;
import firstspike.experiments.plot.Mark;
import firstspike.experiments.plot.Palette;
import firstspike.experiments.plot.Panels;
import firstspike.experiments.plot.Plot;
import firstspike.runtime.calibration.evidence.TraceFit;
import firstspike.runtime.calibration.evidence.TransferCurve;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.target.TargetKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The pictures of a calibration. */
final class CalibrationPictures {

    private static final int SHOWN_NEURONS = 64;
    private static final int AFTER = 0;
    private static final int BEFORE = Palette.QUIET;
    private static final int TARGET = 2;
    private static final int FIT = 1;

    private final CalibrationResult result;

    CalibrationPictures(CalibrationResult result) {
        this.result = result;
    }

    /** Targets of a quantity, one a neuron; of an amplitude, whose target is a code, the median of what was reached. */
    double[] targets(Quantity quantity) {
        double[] targets = new double[CalibrationResult.NEURONS];
        switch (quantity) {
            case AMPLITUDE_EXC, AMPLITUDE_INH ->
                Arrays.fill(
                        targets,
                        result.achieved(quantity).map(Statistics::median).orElse(Double.NaN));
            case LEAK, RESET, THRESHOLD, TAU_MEM, TAU_SYN_EXC, TAU_SYN_INH, REFRACTORY, TAU_ICC ->
                targets =
                        result.targets().get(TargetKey.valueOf(quantity.name())).toArray();
        }
        return targets;
    }

    /** Whether a value is accepted; a refractory time, which is counted in clock periods, when it is within 5 %. */
    boolean accepts(Quantity quantity, double value, double target) {
        return quantity == Quantity.REFRACTORY
                ? Math.abs(value - target) <= 0.05 * target
                : quantity.accepts(value, target);
    }

    private static double accepted(Quantity quantity, double target) {
        if (quantity == Quantity.REFRACTORY) {
            return 0.05 * target;
        }
        return quantity.isRelative() ? quantity.tolerance() * target : quantity.tolerance();
    }

    Plot histogram(Quantity quantity, double[] before) {
        double[] after = result.achieved(quantity).orElseThrow();
        double target = Statistics.median(targets(quantity));
        double margin = accepted(quantity, target);
        double[] bounds = {target - margin, target + margin};
        Histogram bins = before == null
                ? new Histogram(label(quantity), after, bounds)
                : new Histogram(label(quantity), after, bounds, before);
        List<double[]> counts = new ArrayList<>(List.of(bins.counts(after)));
        List<Mark> marks = new ArrayList<>();
        if (before != null) {
            counts.add(bins.counts(before));
            marks.add(new Mark.Bars("before (median code)", BEFORE, bins.edges(), counts.get(1)));
        }
        marks.add(new Mark.Bars("after, verified", AFTER, bins.edges(), counts.get(0)));
        marks.add(new Mark.Rule("target", TARGET, true, target));
        marks.add(new Mark.Rule("", BEFORE, true, bounds[0]));
        marks.add(new Mark.Rule("", BEFORE, true, bounds[1]));
        Statistics all = Statistics.of(after);
        String words = String.format(
                Locale.ROOT,
                "%s of %d neurons after the calibration: median %.4g, trimmed σ %.3g %s, target %.4g%s",
                quantity.key(),
                all.count(),
                all.median(),
                all.trimmedSigma(),
                quantity.unit(),
                target,
                before == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "; before: median %.4g, trimmed σ %.3g",
                                Statistics.of(before).median(),
                                Statistics.of(before).trimmedSigma()));
        Axis up = Axis.whole("neurons", 0, 1.08 * Histogram.most(counts));
        return new Plot(quantity.key(), words, bins.axis(), up, marks);
    }

    Panels map(Quantity quantity) {
        double[] values = result.achieved(quantity).orElseThrow();
        double[] targets = targets(quantity);
        double[] error = new double[values.length];
        boolean[] bad = new boolean[values.length];
        int outside = 0;
        for (int n = 0; n < values.length; n++) {
            error[n] = (values[n] - targets[n]) / accepted(quantity, targets[n]);
            outside += accepts(quantity, values[n], targets[n]) ? 0 : 1;
        }
        result.bad().stream()
                .filter(one -> one.quantity().equals(quantity.key()))
                .forEach(one -> bad[one.neuron()] = true);
        String words = String.format(
                Locale.ROOT,
                "Deviation of %s from its target on the chip, four quadrants of 128 circuits; %d circuits lie outside "
                        + "of what is accepted",
                quantity.key(),
                outside);
        return ChipMap.of(quantity.key(), words, error, bad);
    }

    Plot curve(TransferCurve curve) {
        int steps = curve.codes().size();
        double[] x = new double[steps * SHOWN_NEURONS];
        double[] y = new double[x.length];
        for (int step = 0; step < steps; step++) {
            for (int i = 0; i < SHOWN_NEURONS; i++) {
                int n = i * CalibrationResult.NEURONS / SHOWN_NEURONS;
                x[step * SHOWN_NEURONS + i] = curve.codes().get(step)[n];
                y[step * SHOWN_NEURONS + i] = curve.results().get(step)[n];
            }
        }
        double target = Statistics.median(targets(curve.quantity()));
        String words = String.format(
                Locale.ROOT,
                "%s that %d neurons gave for the codes of %d search steps; target %.4g",
                curve.quantity().key(),
                SHOWN_NEURONS,
                steps,
                target);
        return new Plot(
                curve.quantity().key(),
                words,
                Axis.around("code", x),
                Axis.around(label(curve.quantity()), y, new double[] {target}),
                List.of(new Mark.Rule("target", TARGET, false, target), new Mark.Dots("neurons", AFTER, 1.2, x, y)));
    }

    Plot trace(TraceFit trace) {
        String words = String.format(
                Locale.ROOT,
                "Trace of neuron %d over %.4g us and its fit: %s = %.4g %s",
                trace.neuron(),
                trace.timeUs().length == 0 ? 0 : trace.timeUs()[trace.timeUs().length - 1],
                trace.quantity().key(),
                trace.result(),
                trace.quantity().unit());
        return new Plot(
                trace.quantity().key() + ", neuron " + trace.neuron(),
                words,
                Axis.around("time [us]", trace.timeUs()),
                Axis.around("MADC [LSB]", trace.value(), trace.fitted()),
                List.of(
                        new Mark.Dots("samples", BEFORE, 0.9, trace.timeUs(), trace.value()),
                        new Mark.Line("fit", FIT, false, Mark.Sign.NONE, trace.timeUs(), trace.fitted())));
    }

    private static String label(Quantity quantity) {
        return quantity.key() + " [" + quantity.unit() + "]";
    }
}
