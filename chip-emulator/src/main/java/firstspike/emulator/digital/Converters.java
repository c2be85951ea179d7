package firstspike.emulator.digital;

import firstspike.emulator.analog.NeuronArray;

/** Both converters of the chip with what is in front of them. Mutable; owned by one thread. */
final class Converters {
    private final ReadoutLines lines;
    private final Cadc cadc;
    private final Madc madc;

    Converters(RegisterFile registers, NeuronArray neurons, FabricNotes notes) {
        DebugLine debug = new DebugLine(registers, neurons.readout().converters());
        lines = new ReadoutLines(registers, neurons.readout(), debug);
        cadc = new Cadc(registers, neurons.readout(), neurons.correlation(), debug, notes);
        madc = new Madc(registers, lines, neurons.readout().converters(), notes);
    }

    /** Takes over the state of other converters. */
    void copyFrom(Converters other) {
        cadc.copyFrom(other.cadc);
        madc.copyFrom(other.madc);
    }

    /** Power-on state. */
    void reset() {
        lines.changed();
        cadc.reset();
        madc.reset();
    }

    /** The connection of a neuron to its readout line may have changed. */
    void linesChanged() {
        lines.changed();
    }

    Cadc cadc() {
        return cadc;
    }

    Madc madc() {
        return madc;
    }

    /** The first half-tick in which the MADC has to be served, its clock being in it or at its end. */
    long nextHalfTick() {
        long clock = madc.next();
        return clock == Madc.NEVER ? Long.MAX_VALUE : clock + 1 >> 1;
    }
}
