package firstspike.runtime.mock;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import firstspike.driver.error.ChipBusyException;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.RunOptions;
import firstspike.driver.playback.PlaybackProgram;
import org.junit.jupiter.api.Test;

class MockitoExampleTest {

    @Test
    void aBusyChipIsReportedAndNotAskedTwice() {
        ChipLink chip = mock(ChipLink.class);
        when(chip.run(any(PlaybackProgram.class), any()))
                .thenThrow(new ChipBusyException("chip W66F3", "leased by ada", "one holder", "wait until 12:30"));

        assertThrows(ChipBusyException.class, () -> new FirstSpikeLatency(chip).ticksAfter(1));

        verify(chip).run(any(PlaybackProgram.class), any(RunOptions.class));
    }
}
