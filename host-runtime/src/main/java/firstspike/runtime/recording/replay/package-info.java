/**
 * Runs what a spike log holds again and compares: set-ups and stimulus of the log go to a chip, and its spikes are held against
 * the recorded ones. Start with {@link firstspike.runtime.recording.replay.LogReplay}. One owner thread. Source: journeys.md U15.
 */
package firstspike.runtime.recording.replay;
