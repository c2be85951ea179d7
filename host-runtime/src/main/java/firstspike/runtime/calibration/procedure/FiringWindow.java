package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.Side;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.register.CommonNeuronBackendConfig;
import firstspike.driver.register.Container;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.session.ChipConfiguration;
import firstspike.runtime.session.Executed;
import firstspike.runtime.session.ProgramBody;

/**
 * Lets neurons that fire by themselves do so during a measurement only, not while analog parameters settle, which takes ten
 * times as long: their back-ends are held in reset, and begin with a reset of all membranes.
 */
final class FiringWindow {

    private FiringWindow() {}

    /**
     * @param <T> tickets of the body
     * @param bench whose neurons fire; its configuration is the same afterwards
     * @param body what is measured while they do
     * @return result and tickets
     */
    static <T> Executed<T> run(Bench bench, ProgramBody<T> body) {
        ChipConfiguration firing = bench.configuration();
        for (Side side : Side.values()) {
            bench.set(clocks(firing, side).withForceReset(true));
        }
        ChipConfiguration held = bench.configuration();
        Executed<T> done = bench.run(program -> {
            write(program, firing);
            for (Hemisphere half : Hemisphere.values()) {
                Reset.resetAll(program, half);
            }
            program.barrier(Barrier.OMNIBUS);
            T tickets = body.append(program);
            write(program.barrier(Barrier.OMNIBUS), held);
            return tickets;
        });
        bench.configure(firing);
        return done;
    }

    private static void write(PlaybackProgramBuilder program, ChipConfiguration configuration) {
        for (Side side : Side.values()) {
            CommonNeuronBackendConfig clocks = clocks(configuration, side);
            program.write(clocks.writeAddresses(), clocks.words());
        }
    }

    private static CommonNeuronBackendConfig clocks(ChipConfiguration configuration, Side side) {
        return new CommonNeuronBackendConfig(
                side, configuration.values(Container.COMMON_NEURON_BACKEND_CONFIG, side.index()));
    }
}
