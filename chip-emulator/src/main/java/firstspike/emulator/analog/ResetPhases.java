package firstspike.emulator.analog;

/** Starts the reset phase of a node: clamp to the reset potential, then hold-off (analog.md 7). Owned by one thread. */
final class ResetPhases {
    private final ChipModel model;
    private final CircuitParameters circuits;
    private final Nodes nodes;
    private final Trajectory trajectory;
    private final SteppedNodes stepped;

    ResetPhases(ChipModel model, CircuitParameters circuits, Nodes nodes, Trajectory trajectory, SteppedNodes stepped) {
        this.model = model;
        this.circuits = circuits;
        this.nodes = nodes;
        this.trajectory = trajectory;
        this.stepped = stepped;
    }

    /** A circuit fires at an instant: its node, a stepped one having been moved there, is held for the circuit's times. */
    void start(int n, int c, long tick, double fraction) {
        long clamp = circuits.clampHalfTicks[c];
        double tauReset = model.laws().resetTauSeconds(nodes.capacitance[n], circuits.resetConductance[c]);
        if (clamp * Kinetics.HALF_TICK_S >= model.defaults().reset().instantAfterTau() * tauReset) {
            nodes.u[n] = circuits.resetVolt[c] - nodes.rest[n];
            nodes.clampTau[n] = 0;
        } else {
            nodes.u[n] = stepped.has(n) ? nodes.u[n] : trajectory.at(n, tick, fraction);
            nodes.clampTau[n] = tauReset;
            nodes.clampVolt[n] = circuits.resetVolt[c];
        }
        nodes.potentialTick[n] = tick;
        nodes.potentialFraction[n] = fraction;
        nodes.phase[n] = clamp > 0 ? Nodes.CLAMPED : Nodes.HOLDOFF;
        nodes.clampEnd[n] = tick + clamp;
        nodes.refractoryEnd[n] = tick + circuits.refractoryHalfTicks[c];
        nodes.refractoryFraction[n] = fraction;
    }
}
