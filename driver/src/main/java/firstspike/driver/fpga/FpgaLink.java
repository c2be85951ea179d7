package firstspike.driver.fpga;

import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.playback.PlaybackProgram;

/**
 * One user of the chip behind an FPGA (wire.md 10). Programs of several links of one {@link FpgaSource} take turns; when
 * somebody else used the chip in between, or the session was opened again, the next run says that the state is unknown
 * before it runs anything. One owner thread.
 */
public final class FpgaLink implements ChipLink {

    private final ChipDescription description;

    FpgaLink(ChipDescription description) {
        this.description = description;
    }

    @Override
    public ChipDescription describe() {
        return description;
    }

    @Override
    public RunResult run(PlaybackProgram program, RunOptions options) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public void close() {}
}
