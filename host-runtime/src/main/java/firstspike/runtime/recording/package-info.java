/**
 * What a run leaves behind: its folder with state, metrics and health (formats.md 3), written so that a reader sees the
 * old or the new file and never half of one. Start with {@link firstspike.runtime.recording.RunFolder}. A folder belongs
 * to the process that holds its lock; readers need no lock.
 */
package firstspike.runtime.recording;
