package firstspike.experiments.run;

import firstspike.runtime.learning.eventprop.SpikeTrains;
import firstspike.runtime.recording.ShortestDecimal;
import firstspike.runtime.training.Evaluation;
import java.util.List;

/**
 * Every label spike of an evaluation as CSV, a row a spike: {@code sample,class,neuron,k,time}. The class is the answer of the
 * sample, empty for none; spikes of a neuron are counted from 0; times are in units of tau.
 *
 * @param comments leading lines
 * @param evaluation of samples whose label neurons spike several times
 */
record SpikePredictions(List<String> comments, Evaluation evaluation) {

    String text() {
        StringBuilder text = new StringBuilder();
        for (String comment : comments) {
            text.append("# ").append(comment.replace('\n', ' ')).append('\n');
        }
        text.append("sample,class,neuron,k,time\n");
        int sample = 0;
        for (SpikeTrains batch : evaluation.labelTrains()) {
            for (int i = 0; i < batch.samples(); i++, sample++) {
                append(text, batch, i, sample);
            }
        }
        return text.toString();
    }

    private void append(StringBuilder text, SpikeTrains trains, int inBatch, int sample) {
        int predicted = evaluation.predicted()[sample];
        String answer = predicted < 0 ? "" : Integer.toString(predicted);
        for (int neuron = 0; neuron < trains.neurons(); neuron++) {
            int begin = trains.begin(inBatch, neuron);
            for (int k = 0; k < trains.count(inBatch, neuron); k++) {
                text.append(sample)
                        .append(',')
                        .append(answer)
                        .append(',')
                        .append(neuron)
                        .append(',')
                        .append(k);
                text.append(',')
                        .append(ShortestDecimal.of(trains.time()[begin + k]))
                        .append('\n');
            }
        }
    }
}
