package firstspike.runtime.execution;

import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.runtime.target.ChipTarget;
import java.util.ArrayList;
import java.util.List;

/** The chips of a target, whose links keep what they were given and what they answered. One owner thread. */
final class Recorder implements ChipSource {

    private final ChipTarget target;
    final List<PlaybackProgram> programs = new ArrayList<>();
    final List<RunResult> results = new ArrayList<>();

    Recorder(ChipTarget target) {
        this.target = target;
    }

    @Override
    public List<ChipDescription> chips() {
        return target.chips();
    }

    @Override
    public ChipLink open(ChipId chip, LinkOptions options) {
        ChipLink link = target.open(0, options.firstProgramOrdinal());
        return new ChipLink() {
            @Override
            public ChipDescription describe() {
                return link.describe();
            }

            @Override
            public RunResult run(PlaybackProgram program, RunOptions runOptions) {
                RunResult result = link.run(program, runOptions);
                programs.add(program);
                results.add(result);
                return result;
            }

            @Override
            public void close() {
                link.close();
            }
        };
    }

    @Override
    public void close() {
        target.close();
    }
}
