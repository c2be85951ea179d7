package firstspike.experiments.run;

import firstspike.experiments.config.Experiment;
import firstspike.experiments.figure.Raster;
import firstspike.runtime.execution.ExecutorTraits;
import firstspike.runtime.execution.FirstSpikes;
import firstspike.runtime.execution.InputSpikes;
import firstspike.runtime.execution.LayerWeights;
import firstspike.runtime.execution.NetworkExecutor;
import firstspike.runtime.execution.RunIntent;
import firstspike.runtime.execution.WeightsInForce;
import firstspike.runtime.network.AfterSpike;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An executor that remembers the last sample it judged, for whoever looks at a training while it goes on. It only keeps what
 * passes by: nothing is run for it. Does not own the executor below.
 */
final class LastSample implements NetworkExecutor {

    private final NetworkExecutor below;
    private final Experiment experiment;
    private final int[] labels;
    private InputSpikes inputs;
    private FirstSpikes spikes;

    /**
     * @param below runs the network
     * @param experiment that is trained
     * @param labels of the samples that are judged
     */
    LastSample(NetworkExecutor below, Experiment experiment, int[] labels) {
        this.below = below;
        this.experiment = experiment;
        this.labels = labels;
    }

    @Override
    public Optional<AfterSpike> afterSpike() {
        return below.afterSpike();
    }

    @Override
    public ExecutorTraits traits() {
        return below.traits();
    }

    @Override
    public WeightsInForce load(LayerWeights shadow) {
        return below.load(shadow);
    }

    @Override
    public FirstSpikes run(InputSpikes batch, RunIntent intent) {
        FirstSpikes result = below.run(batch, intent);
        if (intent == RunIntent.EVALUATE && batch.samples() > 0) {
            inputs = batch;
            spikes = result;
        }
        return result;
    }

    /**
     * The last sample.
     *
     * @param epoch after which it was judged
     * @return its spikes; empty before there was one
     */
    Optional<Raster> raster(int epoch) {
        if (inputs == null || labels.length == 0) {
            return Optional.empty();
        }
        int sample = inputs.samples() - 1;
        double[] source = new double[experiment.network().inputs()];
        Arrays.fill(source, Double.POSITIVE_INFINITY);
        for (int i = inputs.first()[sample]; i < inputs.first()[sample + 1]; i++) {
            source[inputs.source()[i]] = Math.min(source[inputs.source()[i]], inputs.time()[i]);
        }
        List<String> names = new ArrayList<>(List.of("input"));
        List<double[]> times = new ArrayList<>(List.of(source));
        for (int l = 0; l < spikes.layers().length; l++) {
            double[] layer = spikes.layers()[l];
            int size = layer.length / spikes.samples();
            names.add(experiment.network().layers().get(l).name());
            times.add(Arrays.copyOfRange(layer, sample * size, (sample + 1) * size));
        }
        double[] answers = times.get(times.size() - 1);
        return Optional.of(new Raster(
                "validation sample " + (labels.length - 1) + " after epoch " + epoch,
                names,
                times,
                labels[labels.length - 1],
                experiment.training().loss().classify(answers, 0, answers.length)));
    }

    @Override
    public void close() {
        // whoever opened the executor closes it
    }
}
