package firstspike.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.runtime.learning.eventprop.SpikeTrains;
import firstspike.runtime.training.Evaluation;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SpikePredictionsTest {

    @Test
    @DisplayName("E-26 every label spike of all batches is listed with sample, answer, neuron, number and time")
    void listsEverySpike() {
        SpikeTrains first = new SpikeTrains(2, 2, new int[] {0, 2, 2, 2, 3}, new double[] {0.5, 1.25, 2});
        SpikeTrains second = new SpikeTrains(1, 2, new int[] {0, 0, 1}, new double[] {3.5});
        Evaluation evaluation = new Evaluation(
                3,
                2,
                0,
                new int[] {0, 1, -1},
                new double[6],
                List.of(first, second),
                new double[1],
                new TreeMap<>(),
                0);

        assertThat(new SpikePredictions(List.of("run none"), evaluation).text()).isEqualTo("""
                # run none
                sample,class,neuron,k,time
                0,0,0,0,0.5
                0,0,0,1,1.25
                1,1,1,0,2.0
                2,,1,0,3.5
                """);
    }
}
