/**
 * First-spike learning as pure arithmetic on arrays: spike times of current-based LIF neurons, their derivatives, losses,
 * optimisers, the rescue of silent neurons and the named random streams.
 *
 * <p>Start with {@link firstspike.runtime.learning.BatchForward} (times of all layers) and
 * {@link firstspike.runtime.learning.Learner} (one training step). Nothing here knows a chip, a file or another package of
 * this product. Absent events are {@code POSITIVE_INFINITY} in time arrays. Work on a batch is cut into a fixed number of
 * shards, so that results are the same bits for any number of threads.
 *
 * <p>Facts: {@code inloop.md} sections 1 to 10 and 14.4, {@code formats.md} section 4, {@code analog.md} section 1.
 */
package firstspike.runtime.learning;
