package firstspike.emulator;

import firstspike.emulator.digital.ChipEffects;
import firstspike.emulator.digital.ChipFabric;
import firstspike.emulator.digital.FabricHealth;
import firstspike.emulator.digital.FabricSink;

/**
 * A chip that tells when it fails in the middle of a program.
 *
 * @param chip that does the work
 * @param broken whether the first register write is a fault
 * @param failing called before the failure goes on
 */
record WatchedFabric(ChipFabric chip, boolean broken, Runnable failing) implements ChipFabric {

    @Override
    public void advance(ChipEffects effects, long untilTick, FabricSink sink) {
        try {
            for (int i = 0; broken && i < effects.size(); i++) {
                if (effects.kind(i) == ChipEffects.Kind.WRITE) {
                    throw new IllegalStateException("a fault of the emulator, made for a test");
                }
            }
            chip.advance(effects, untilTick, sink);
        } catch (RuntimeException e) {
            failing.run();
            throw e;
        }
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
        return new WatchedFabric(chip.copy(), broken, failing);
    }
}
