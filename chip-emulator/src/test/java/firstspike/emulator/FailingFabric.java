package firstspike.emulator;

import firstspike.emulator.digital.ChipEffects;
import firstspike.emulator.digital.ChipFabric;
import firstspike.emulator.digital.FabricHealth;
import firstspike.emulator.digital.FabricSink;

/**
 * A chip that fails in the middle of a program when it gets the first write.
 *
 * @param chip that does the rest
 * @param failing called just before it fails
 */
record FailingFabric(ChipFabric chip, Runnable failing) implements ChipFabric {

    @Override
    public void advance(ChipEffects effects, long untilTick, FabricSink sink) {
        for (int i = 0; i < effects.size(); i++) {
            if (effects.kind(i) == ChipEffects.Kind.WRITE) {
                failing.run();
                throw new IllegalStateException("a fault of the emulator, made for a test");
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
        return new FailingFabric(chip.copy(), failing);
    }
}
