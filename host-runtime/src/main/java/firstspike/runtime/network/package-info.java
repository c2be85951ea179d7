/**
 * Networks in the user's words: layers of first-spike neurons, their inputs and biases, and what a chip needs to know of
 * them. Start with {@link firstspike.runtime.network.Network}. Immutable values, no chip and no learning in here.
 */
package firstspike.runtime.network;
