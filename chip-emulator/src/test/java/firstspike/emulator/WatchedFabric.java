package firstspike.emulator;

import firstspike.emulator.digital.ChipEffects;
import firstspike.emulator.digital.ChipFabric;
import firstspike.emulator.digital.FabricHealth;
import firstspike.emulator.digital.FabricSink;

/**
 * A chip whose first register write fails, and that tells so.
 *
 * @param chip that does the work
 * @param failure of the write
 * @param failing called before the failure goes on
 */
record WatchedFabric(ChipFabric chip, RuntimeException failure, Runnable failing) implements ChipFabric {

    @Override
    public void advance(ChipEffects effects, long untilTick, FabricSink sink) {
        for (int i = 0; i < effects.size(); i++) {
            if (effects.kind(i) == ChipEffects.Kind.WRITE) {
                failing.run();
                throw failure;
            }
        }
        chip.advance(effects, untilTick, sink);
    }

    @Override
    public int eventsInside() {
        return chip.eventsInside();
    }

    @Override
    public FabricHealth health() {
        return chip.health();
    }

    @Override
    public ChipFabric copy() {
        return new WatchedFabric(chip.copy(), failure, failing);
    }
}
