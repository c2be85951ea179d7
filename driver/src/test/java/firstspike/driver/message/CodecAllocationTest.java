package firstspike.driver.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import firstspike.driver.link.ResultAssembler;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a thread allocates is counted by the machine exactly, so that this holds on a busy one too. */
class CodecAllocationTest {

    private static final int ROUNDS = 20_000;
    private static final int MESSAGES = 10;

    @Test
    @DisplayName("Messages are encoded, decoded and timed without an object each")
    void noObjectPerMessage() {
        assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean, "this machine does not count");
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        FromFpgaEncoder encoder = new FromFpgaEncoder();
        ResultAssembler assembler = new ResultAssembler();
        FromFpgaDecoder decoder = new FromFpgaDecoder(assembler);
        round(encoder, decoder);
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            round(encoder, decoder);
        }
        long perMessage = (thread.getCurrentThreadAllocatedBytes() - before) / ((long) ROUNDS * MESSAGES);
        // seven events of 11 bytes and a response of 16 in ten messages, the latter in arrays that double; an object
        // has 16
        assertThat(perMessage).isLessThan(16);
        assertThat(assembler.spikeCount()).isEqualTo(6L * (ROUNDS + 1));
    }

    private static void round(FromFpgaEncoder encoder, FromFpgaDecoder decoder) {
        encoder.systime(1000);
        encoder.spikes(3, 1, 2, 3);
        encoder.sysdelta(2);
        encoder.spikes(2, 1, 2, 0);
        encoder.sysdelta(3);
        encoder.spikes(1, 1, 0, 0);
        encoder.sysdelta(4);
        encoder.samples(1, 1, 0, 0);
        encoder.sysdelta(5);
        encoder.omnibus(1);
        decoder.words(encoder.words(), 0, encoder.count());
        encoder.clear();
    }
}
