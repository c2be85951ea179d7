/**
 * The trainer: batches, forward pass by an executor, learning step, validation, metrics, checkpoints and exact resume. Start
 * with {@link firstspike.runtime.training.Trainer} and {@link firstspike.runtime.training.TrainingPlan}.
 *
 * <p>It knows networks, executors and learning, and writes its checkpoints as array archives; it never sees a session, a mapping
 * or a link. One thread owns a trainer. Facts: {@code inloop.md} section 10, {@code formats.md} sections 3.3, 4 and 11.2.
 */
package firstspike.runtime.training;
