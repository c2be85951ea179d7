/**
 * Imperfections of a substrate, one at a time, in exact arithmetic (inloop.md 14): neurons, thresholds, events and times that are
 * not as the learning rule believes. Start with {@link firstspike.runtime.distortion.DistortionKind} and
 * {@link firstspike.runtime.distortion.DistortedForward}; the rule and the trainer do not know of them. All numbers follow from a
 * seed, the ordinal of a run and the number of a sample, so they are the same for any number of threads and after a resume.
 */
package firstspike.runtime.distortion;
