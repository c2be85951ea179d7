package firstspike.runtime.mapping;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.Side;
import firstspike.driver.register.CommonNeuronBackendConfig;
import firstspike.driver.register.NeuronBackendConfig;
import firstspike.driver.register.NeuronConfig;
import firstspike.runtime.calibration.fit.RefractoryClocks;
import firstspike.runtime.network.AfterSpike;
import firstspike.runtime.network.NeuronModel;
import firstspike.runtime.session.ChipConfiguration;

/**
 * Codes of a network whose neurons spike several times: those of its chip, but with the refractory time and hold-off of the network
 * ({@code eventprop.md} section 8). Both are computed, never measured, so any calibration of the other codes serves.
 */
final class ShortRefractory implements CellSource {

    private final CellSource others;
    private final RefractoryClocks clocks;

    private ShortRefractory(CellSource others, RefractoryClocks clocks) {
        this.others = others;
        this.clocks = clocks;
    }

    /**
     * @param others all other codes
     * @param neuron gives the times; without any the codes stay as they are
     * @param tauUs unit of time on the chip, microseconds
     * @throws IllegalArgumentException for times that no clock of the chip reaches
     */
    static CellSource of(CellSource others, NeuronModel neuron, double tauUs) {
        AfterSpike after = neuron.afterSpike();
        double wanted = (after.refractory() + after.holdoff()) * tauUs;
        return wanted == 0
                ? others
                : new ShortRefractory(
                        others, RefractoryClocks.of(new double[] {wanted}, new double[] {after.holdoff() * tauUs}));
    }

    /**
     * What the clocks of the chip make of a network's times: refractory time and hold-off are counted in whole periods.
     *
     * @param neuron gives the times; without any they stay as they are
     * @param tauUs unit of time on the chip, microseconds
     * @return times in units of tau
     */
    static AfterSpike counted(NeuronModel neuron, double tauUs) {
        AfterSpike after = neuron.afterSpike();
        double wanted = (after.refractory() + after.holdoff()) * tauUs;
        if (wanted == 0) {
            return after;
        }
        RefractoryClocks clocks = RefractoryClocks.of(new double[] {wanted}, new double[] {after.holdoff() * tauUs});
        double holdoff = clocks.holdoffUs(0);
        return new AfterSpike(Math.max(0, clocks.refractoryUs(0) - holdoff) / tauUs, holdoff / tauUs, after.vReset());
    }

    @Override
    public void common(ChipConfiguration.Builder chip) {
        others.common(chip);
        for (Side side : Side.values()) {
            chip.set(CommonNeuronBackendConfig.defaults(side)
                    .withClockScaleFast(clocks.fastScale())
                    .withClockScaleSlow(clocks.slowScale()));
        }
    }

    @Override
    public NeuronConfig active(NeuronConfig circuit, int layer) {
        return others.active(circuit, layer);
    }

    @Override
    public NeuronConfig passive(NeuronConfig circuit, int layer) {
        return others.passive(circuit, layer);
    }

    @Override
    public NeuronBackendConfig refractory(NeuronBackendConfig backend, int layer) {
        return others.refractory(backend, layer)
                .withRefractoryTime(clocks.counter()[0])
                .withResetHoldoff(clocks.holdoff()[0])
                .withFastClock(clocks.fast()[0]);
    }

    @Override
    public void cells(ChipConfiguration.Builder chip, AtomicNeuron circuit, int layer, boolean active) {
        others.cells(chip, circuit, layer, active);
    }
}
