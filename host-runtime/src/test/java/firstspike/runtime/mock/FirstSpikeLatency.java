package firstspike.runtime.mock;

import firstspike.driver.link.ChipLink;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticket;
import java.util.Arrays;
import java.util.OptionalLong;

/** A user's experiment: how many ticks after a stimulus does anything answer? Works with every {@link ChipLink}. */
record FirstSpikeLatency(ChipLink chip) {

    OptionalLong ticksAfter(int label) {
        PlaybackProgramBuilder program = PlaybackProgram.builder().timerReset();
        Ticket<?> stimulus = program.marker();
        RunResult result = chip.run(program.spike(label).settle(5000).done(), RunOptions.defaults());
        SpikeColumns spikes = result.spikes();
        long begin = result.fpgaTime(stimulus);
        return Arrays.stream(spikes.chipTimes()).map(time -> time - begin).min();
    }
}
