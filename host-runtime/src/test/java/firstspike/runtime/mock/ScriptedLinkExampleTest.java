package firstspike.runtime.mock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.LinkLostException;
import firstspike.driver.link.ScriptedLink;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ScriptedLinkExampleTest {

    @Test
    void latencyOfTheFirstAnswer() {
        ScriptedLink chip = new ScriptedLink().onMarker(100);
        chip.expect(program -> program.size() > 3)
                .answer(ScriptedLink.spike(0x0104, 190), ScriptedLink.spike(0x0103, 171));
        chip.failNth(3, new LinkLostException(ErrorDetail.of("link", "cut", "", "run again"), null, null, false));
        FirstSpikeLatency experiment = new FirstSpikeLatency(chip);

        assertEquals(OptionalLong.of(71), experiment.ticksAfter(0x4001));
        assertEquals(OptionalLong.empty(), experiment.ticksAfter(0x4001));
        assertThrows(LinkLostException.class, () -> experiment.ticksAfter(0x4001));
        chip.verifyAllConsumed();
    }
}
