package firstspike.runtime.recording.log;

/**
 * A place of a log that is not as it was written.
 *
 * @param at offset of the damaged record, bytes
 * @param reason in words
 */
public record Damage(long at, String reason) {}
