package firstspike.emulator.planned;

/**
 * What all nodes of a group have in common.
 *
 * @param tauM time constant of the membranes in seconds
 * @param tauS time constant of all synaptic currents in seconds
 * @param peak upper bound of the response K in seconds (analog.md 9)
 * @param restHalfTicks time without an event, a reset or a change after which a node is at rest
 * @param clampHalfTicks from a spike to the end of its clamp
 * @param refractoryHalfTicks from a spike to the end of its refractory period, not before that of the clamp
 */
public record GroupConstants(
        double tauM, double tauS, double peak, double restHalfTicks, long clampHalfTicks, long refractoryHalfTicks) {}
