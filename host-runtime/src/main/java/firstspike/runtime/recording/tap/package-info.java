/**
 * What passes over a link, into a spike log: {@link firstspike.runtime.recording.tap.RecordingLink} stands before any link and
 * sees programs and results, {@link firstspike.runtime.recording.tap.ProgramLog} turns them into records, and
 * {@link firstspike.runtime.recording.tap.StimulusProgram} is the program that a log can repeat. One owner thread for each link.
 * Source: formats.md 2.5, playback.md 2.5.
 */
package firstspike.runtime.recording.tap;
