package firstspike.driver.server;

import static firstspike.driver.error.ProgramRejectedException.Code.ILLEGAL_SNAPSHOT;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.link.RunResult;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.ResponseKind;

/** Turns what a snapshot program read into the program that writes it back (playback.md 10.4). */
final class SnapshotPrograms {

    private SnapshotPrograms() {}

    /**
     * Refuses a program whose reads cannot be turned into writes.
     *
     * @param snapshot program of a reinit entry
     * @throws ProgramRejectedException for a JTAG read, with its index
     */
    static void check(PlaybackProgram snapshot) {
        for (int i = 0; i < snapshot.size(); i++) {
            long word = snapshot.word(i);
            if (ToFpga.kind(word) == ToFpga.Kind.JTAG_DATA && ToFpga.keepsResponse(word)) {
                throw new ProgramRejectedException(
                        ILLEGAL_SNAPSHOT,
                        ErrorDetail.of(
                                        "snapshot program",
                                        "a JTAG read",
                                        "Omnibus reads",
                                        "read over Omnibus, or write it in the reinit program")
                                .at(i),
                        null);
            }
        }
    }

    /**
     * The program that writes what was read, in the order of the reads, closed by a barrier.
     *
     * @param snapshot program that was run
     * @param result of that run, complete
     * @return a program that only writes
     */
    static PlaybackProgram writing(PlaybackProgram snapshot, RunResult result) {
        long[] values = result.values(ResponseKind.OMNIBUS);
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        int read = 0;
        for (int i = 0; i < snapshot.size(); i++) {
            long word = snapshot.word(i);
            if (ToFpga.kind(word) == ToFpga.Kind.OMNIBUS_ADDRESS && ToFpga.isRead(word)) {
                builder.write(ToFpga.address(word), (int) values[read++]);
            }
        }
        return builder.barrier(Barrier.OMNIBUS).done();
    }
}
