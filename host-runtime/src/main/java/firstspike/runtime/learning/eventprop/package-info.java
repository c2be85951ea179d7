/**
 * Learning with several spikes a neuron: the exact forward walk, the adjoint backwards through computed or measured trains, losses
 * on trains and probes ({@code eventprop.md}). Start with {@link firstspike.runtime.learning.eventprop.TrainForward} and
 * {@link firstspike.runtime.learning.eventprop.TrainGradient}.
 *
 * <p>Pure arithmetic on arrays: nothing here knows a chip. Objects with scratch arrays belong to one thread.
 */
package firstspike.runtime.learning.eventprop;
