package firstspike.driver.link;

/**
 * Where a result comes from (playback.md 13.4).
 *
 * @param chip description of the chip that ran it
 * @param session session of a server, empty in process
 * @param submission id of the submission, empty in process
 * @param programSha256 identity of the program in lower-case hex
 * @param programOrdinal ordinal that the program's draws used, as an unsigned number; -1 for set-up programs
 */
public record Provenance(
        ChipDescription chip, String session, String submission, String programSha256, long programOrdinal) {}
