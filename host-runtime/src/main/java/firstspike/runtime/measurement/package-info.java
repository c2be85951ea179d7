/**
 * Measuring on a chip through its link alone: a bench that holds what is configured and runs small programs, and fragments
 * of programs with their readers (playback.md 7). Shared by calibration and first-hour experiments. Start with
 * {@link firstspike.runtime.measurement.Bench}. One owner thread.
 */
package firstspike.runtime.measurement;
