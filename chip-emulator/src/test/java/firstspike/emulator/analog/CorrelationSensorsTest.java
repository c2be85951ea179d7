package firstspike.emulator.analog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CorrelationSensorsTest {
    /** Bottom hemisphere, row 7, column 130: circuit 386. */
    private static final int SYNAPSE = 65_536 + 256 * 7 + 130;

    private static final int CIRCUIT = 386;

    private final CircuitBench bench = bench();

    private static CircuitBench bench() {
        CircuitBench bench = new CircuitBench().shared();
        for (int[][] quadrant : bench.cells) {
            quadrant[128][9] = 80;
            quadrant[128][10] = 70;
        }
        return bench;
    }

    private CorrelationSensors sensors() {
        return sensors(ChipModel.of(Fidelity.NOMINAL, 1));
    }

    private CorrelationSensors sensors(ChipModel model) {
        CorrelationSensors sensors = new NeuronArray(model, bench).correlation();
        sensors.reset(SYNAPSE);
        return sensors;
    }

    private static double pair(long halfTicks) {
        return 0.5 * Math.exp(-halfTicks * 4e-9 / 5e-6);
    }

    @Test
    @DisplayName(
            "A-20 amplitude 0.5 counts and 5 us: a pre event before its post pulse is causal, one behind it acausal")
    void signs() {
        CorrelationSensors sensors = sensors();
        sensors.pre(SYNAPSE, 1000);
        sensors.post(CIRCUIT, 1250);
        assertThat(sensors.accumulated(SYNAPSE, false)).isCloseTo(pair(250), within(1e-12));
        assertThat(sensors.accumulated(SYNAPSE, true)).isZero();

        sensors.pre(SYNAPSE, 2000);
        assertThat(sensors.accumulated(SYNAPSE, true)).isCloseTo(pair(750), within(1e-12));
        assertThat(sensors.accumulated(SYNAPSE, false)).isCloseTo(pair(250), within(1e-12));

        sensors.reset(SYNAPSE);
        assertThat(sensors.accumulated(SYNAPSE, false)).isZero();
        assertThat(sensors.accumulated(SYNAPSE, true)).isZero();
    }

    @Test
    @DisplayName("A-20 only nearest neighbours pair; at the same instant they are causal with full amplitude")
    void nearestNeighbours() {
        CorrelationSensors sensors = sensors();
        sensors.pre(SYNAPSE, 100);
        sensors.pre(SYNAPSE, 200);
        sensors.post(CIRCUIT, 300);
        sensors.post(CIRCUIT, 400);
        assertThat(sensors.accumulated(SYNAPSE, false)).isCloseTo(pair(100), within(1e-12));
        sensors.pre(SYNAPSE, 450);
        sensors.pre(SYNAPSE, 460);
        assertThat(sensors.accumulated(SYNAPSE, true)).isCloseTo(pair(50), within(1e-12));

        CorrelationSensors same = sensors();
        same.pre(SYNAPSE, 100);
        same.post(CIRCUIT, 100);
        assertThat(same.accumulated(SYNAPSE, false)).isEqualTo(0.5);
        assertThat(same.accumulated(SYNAPSE, true)).isZero();
    }

    @Test
    @DisplayName(
            "A-20 biases and calibration bits scale amplitude and time constant; other columns and quads see nothing")
    void scales() {
        bench.cells[3][128][10] = 140;
        bench.cells[3][128][9] = 40;
        bench.amplitudeCalibration = 2;
        bench.timeCalibration = 3;
        CorrelationSensors sensors = sensors();
        sensors.pre(SYNAPSE, 0);
        sensors.pre(SYNAPSE + 1, 0);
        sensors.post(CIRCUIT, 500);
        sensors.post(CIRCUIT + 1, 500);
        double expected = 0.5 * 2 * 1.4 * Math.exp(-500 * 4e-9 / (5e-6 * 2 * 1.45));
        assertThat(sensors.accumulated(SYNAPSE, false)).isCloseTo(expected, within(1e-12));
        assertThat(sensors.accumulated(SYNAPSE + 1, false)).as("never reset").isZero();
    }

    @Test
    @DisplayName("A-20 sensors of a varied chip spread by 0.4 and 0.3; their noise is that of the converter")
    void spread() {
        FixedPattern pattern = ChipModel.of(Fidelity.VARIED_FULL, 3).pattern();
        double[] amplitude = IntStream.range(0, 4000)
                .mapToDouble(i -> Math.log(pattern.correlationAmplitude(31 * i, 0)))
                .toArray();
        double[] tau = IntStream.range(0, 4000)
                .mapToDouble(i -> Math.log(pattern.correlationTau(31 * i, 1)))
                .toArray();
        assertThat(sigma(amplitude)).isCloseTo(0.4, within(0.02));
        assertThat(sigma(tau)).isCloseTo(0.3, within(0.015));
        assertThat(pattern.correlationTau(5, 0)).isNotEqualTo(pattern.correlationTau(5, 1));
    }

    private static double sigma(double[] values) {
        return Math.sqrt(Arrays.stream(values).map(v -> v * v).average().orElseThrow());
    }

    @Test
    @DisplayName("A-20 the reading saturates at 0 and power-on forgets all pairs")
    void saturation() {
        NeuronArray array = new NeuronArray(ChipModel.of(Fidelity.NOMINAL, 1), bench);
        CorrelationSensors sensors = array.correlation();
        sensors.reset(SYNAPSE);
        for (int i = 0; i < 1000; i++) {
            sensors.pre(SYNAPSE, 100L * i);
            sensors.post(CIRCUIT, 100L * i + 10);
        }
        double reading = array.readout().converters().sensorSeen(sensors.accumulated(SYNAPSE, false));
        assertThat(reading).as("clipped to 0 by the converter").isNegative();
        NeuronArray copy = array.copy();
        assertThat(copy.correlation().accumulated(SYNAPSE, false)).isEqualTo(sensors.accumulated(SYNAPSE, false));
        copy.correlation().powerOn();
        assertThat(copy.correlation().armed()).isFalse();
        assertThat(copy.correlation().accumulated(SYNAPSE, false)).isZero();
        assertThat(sensors.armed()).isTrue();
    }
}
