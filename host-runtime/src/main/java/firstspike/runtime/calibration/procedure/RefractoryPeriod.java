package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.Side;
import firstspike.driver.register.CommonNeuronBackendConfig;
import firstspike.driver.register.Container;
import firstspike.runtime.calibration.fit.RefractoryClocks;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.search.SearchFailure;
import firstspike.runtime.measurement.Bench;
import java.util.Arrays;
import java.util.Optional;

/** Sets clocks and counters of the refractory periods; nothing is measured (calibration.md 4.9). Immutable. */
public final class RefractoryPeriod implements Procedure {

    private final double[] targetsUs;
    private final RefractoryClocks clocks;

    /**
     * @param targetsUs refractory times of the neurons, microseconds
     * @param holdoffsUs part of each in which the membrane is free, microseconds
     * @throws IllegalArgumentException for times that no clock reaches
     */
    public RefractoryPeriod(double[] targetsUs, double[] holdoffsUs) {
        this.targetsUs = targetsUs.clone();
        this.clocks = RefractoryClocks.of(targetsUs, holdoffsUs);
    }

    @Override
    public String id() {
        return "neuron.refractory";
    }

    @Override
    public Finding run(Bench bench) {
        bench.backends(backend -> {
            int n = backend.neuron().index();
            return backend.withRefractoryTime(clocks.counter()[n])
                    .withResetHoldoff(clocks.holdoff()[n])
                    .withFastClock(clocks.fast()[n]);
        });
        for (Side side : Side.values()) {
            bench.set(new CommonNeuronBackendConfig(
                            side, bench.configuration().values(Container.COMMON_NEURON_BACKEND_CONFIG, side.index()))
                    .withClockScaleFast(clocks.fastScale())
                    .withClockScaleSlow(clocks.slowScale()));
        }
        double[] results = new double[AtomicNeuron.COUNT];
        Arrays.setAll(results, clocks::refractoryUs);
        return new Finding(
                Optional.of(Quantity.REFRACTORY),
                targetsUs.clone(),
                results,
                new SearchFailure[AtomicNeuron.COUNT],
                0,
                clocks.warnings());
    }
}
