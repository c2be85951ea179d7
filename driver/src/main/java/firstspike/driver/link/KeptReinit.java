package firstspike.driver.link;

import static firstspike.driver.error.ProgramRejectedException.Code.ILLEGAL_SNAPSHOT;
import static firstspike.driver.error.ProgramRejectedException.Code.REINIT_ORDER;

import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.PlaybackProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The stack of a link that shares its chip with nobody: kept, checked, and never run (playback.md 13.4). One owner thread.
 */
public final class KeptReinit implements ReinitStack {

    private final List<PlaybackProgram> entries = new ArrayList<>();

    /** An empty stack. */
    public KeptReinit() {}

    @Override
    public int push(PlaybackProgram program, Optional<PlaybackProgram> snapshot) {
        snapshot.ifPresent(KeptReinit::checkSnapshot);
        entries.add(program);
        return entries.size() - 1;
    }

    @Override
    public void update(int index, PlaybackProgram program, Optional<PlaybackProgram> snapshot) {
        checkIndex(index, entries.size());
        snapshot.ifPresent(KeptReinit::checkSnapshot);
        entries.set(index, program);
    }

    @Override
    public void pop() {
        checkIndex(entries.size() - 1, entries.size());
        entries.remove(entries.size() - 1);
    }

    @Override
    public void enforce() {
        // nobody else uses the chip: what is on it is what this link left there
    }

    /** Refuses an entry that is not there. */
    public static void checkIndex(int index, int height) {
        if (index < 0 || index >= height) {
            throw new ProgramRejectedException(
                    REINIT_ORDER, "entry of the re-initialisation stack", index, height + " entries", "push it first");
        }
    }

    /** Refuses what cannot be read back into writes: only Omnibus reads can (playback.md 10.4). */
    private static void checkSnapshot(PlaybackProgram snapshot) {
        for (int i = 0; i < snapshot.size(); i++) {
            if (ToFpga.kind(snapshot.word(i)) == ToFpga.Kind.JTAG_DATA && ToFpga.keepsResponse(snapshot.word(i))) {
                throw new ProgramRejectedException(
                        ILLEGAL_SNAPSHOT,
                        "instruction " + i + " of the snapshot program",
                        "a JTAG read",
                        "Omnibus reads",
                        "leave it out");
            }
        }
    }
}
