package firstspike.experiments.run;

import firstspike.experiments.config.Experiment;
import firstspike.experiments.dataset.Samples;
import firstspike.experiments.dataset.YinYang;
import firstspike.experiments.figure.OutputTimes;
import firstspike.experiments.figure.Plane;
import firstspike.experiments.figure.Raster;
import firstspike.runtime.execution.FirstSpikes;
import firstspike.runtime.execution.InputSpikes;
import firstspike.runtime.execution.NetworkExecutor;
import firstspike.runtime.execution.RunIntent;
import firstspike.runtime.network.Layer;
import firstspike.runtime.training.Evaluation;
import firstspike.runtime.training.Evaluator;
import firstspike.runtime.training.SampleSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Measures what the figures of a run show, with the weights that are in force. */
final class FigureData {

    /** Points of the plane along each axis. */
    private static final int GRID = 81;

    private final Experiment experiment;
    private final EncodedData data;
    private final NetworkExecutor executor;
    private final Evaluation test;

    FigureData(Experiment experiment, EncodedData data, NetworkExecutor executor, Evaluation test) {
        this.experiment = experiment;
        this.data = data;
        this.executor = executor;
        this.test = test;
    }

    /** The Yin-Yang plane; empty for other data. */
    Optional<Plane> plane() {
        if (!experiment.dataset().name().equals("yin_yang")) {
            return Optional.empty();
        }
        double[] values = new double[GRID * GRID * YinYang.INPUTS];
        int[] cells = new int[GRID * GRID];
        int inside = 0;
        for (int row = 0; row < GRID; row++) {
            for (int column = 0; column < GRID; column++) {
                double x = (column + 0.5) / GRID;
                double y = (row + 0.5) / GRID;
                if (YinYang.classOf(x, y) >= 0) {
                    double[] point = {x, y, 1 - x, 1 - y};
                    System.arraycopy(point, 0, values, inside * YinYang.INPUTS, point.length);
                    cells[inside++] = row * GRID + column;
                }
            }
        }
        Samples points = new Samples(
                YinYang.INPUTS, YinYang.CLASSES, Arrays.copyOf(values, inside * YinYang.INPUTS), new int[inside]);
        Evaluation evaluation = evaluator().evaluate(executor, data.encode(points));
        int outputs = experiment.network().outputs();
        int[] predicted = new int[GRID * GRID];
        Arrays.fill(predicted, Plane.OUTSIDE);
        double[][] times = new double[outputs][GRID * GRID];
        for (double[] layer : times) {
            Arrays.fill(layer, Double.NaN);
        }
        for (int i = 0; i < inside; i++) {
            predicted[cells[i]] = evaluation.predicted()[i];
            for (int j = 0; j < outputs; j++) {
                times[j][cells[i]] = evaluation.labelTimes()[i * outputs + j];
            }
        }
        Samples samples = data.dataset().test();
        double[] x = new double[samples.size()];
        double[] y = new double[samples.size()];
        for (int i = 0; i < samples.size(); i++) {
            x[i] = samples.grid().get(i * YinYang.INPUTS);
            y[i] = samples.grid().get(i * YinYang.INPUTS + 1);
        }
        return Optional.of(new Plane(GRID, predicted, times, x, y, samples.labels(), test.predicted()));
    }

    OutputTimes outputs() {
        return new OutputTimes(
                experiment.network().outputs(),
                test.labelTimes(),
                data.dataset().test().labels());
    }

    /** The first test sample; an empty raster when there is none. */
    Raster raster() {
        SampleSet all = data.split("test");
        List<String> names = new ArrayList<>(List.of("input"));
        List<double[]> times = new ArrayList<>();
        if (all.size() == 0) {
            return new Raster("one sample", List.of(), List.of(), -1, -1);
        }
        double[] inputs = new double[all.inputs() * all.slots()];
        all.values().copy(0, inputs.length, inputs, 0);
        times.add(inputs);
        FirstSpikes spikes = executor.run(InputSpikes.ofDense(inputs, all.inputs(), all.slots()), RunIntent.EVALUATE);
        int last = experiment.network().layers().size() - 1;
        for (int i = 0; i <= last; i++) {
            Layer layer = experiment.network().layers().get(i);
            names.add(layer.name());
            times.add(spikes.layers()[i]);
        }
        int answer = experiment
                .training()
                .loss()
                .classify(spikes.layers()[last], 0, experiment.network().outputs());
        return new Raster("test sample 0", names, times, all.labels()[0], answer);
    }

    private Evaluator evaluator() {
        return new Evaluator(experiment.network(), experiment.training());
    }
}
