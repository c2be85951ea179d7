package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.link.RunResult;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticket;
import firstspike.driver.register.MailboxView;
import firstspike.driver.register.PpuProgram;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PpuMemoryTest {

    private static final int DRAM = 0x8400_0000;
    private static final int DRAM_LAST = 0x87FF_FFFF;

    @Test
    @DisplayName("T166 'hello' in the mailbox reads as text")
    void mailbox() {
        try (Bench bench = Bench.initialised()) {
            for (Hemisphere processor : Hemisphere.values()) {
                int[] addresses = MailboxView.addresses(processor);
                int[] text = PpuProgram.words("hello\0never read".getBytes(StandardCharsets.US_ASCII));
                assertThat(addresses[0]).isEqualTo(processor == Hemisphere.TOP ? 0x0280_0C00 : 0x0380_0C00);
                PlaybackProgramBuilder program = Bench.p0();
                for (int i = 0; i < text.length; i++) {
                    program.write(addresses[i], text[i]);
                }
                Ticket<MailboxView> mailbox = program.read(addresses, MailboxView::of);
                RunResult result = bench.run(program.barrier(Barrier.OMNIBUS));
                assertThat(result.get(mailbox).text()).isEqualTo("hello");
            }
        }
    }

    @Test
    @DisplayName("T166 text without a zero byte ends with the mailbox")
    void fullMailbox() {
        int[] words = new int[MailboxView.WORDS];
        Arrays.fill(words, 0x6162_6364);
        assertThat(MailboxView.of(words).text()).hasSize(4096).startsWith("abcdabcd");
    }

    @Test
    @DisplayName("T169 the DRAM window keeps what is written at both ends, and takes no memory in between")
    void dram() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0()
                    .write(DRAM, 0x0102_0304)
                    .write(DRAM_LAST, 0x0A0B_0C0D)
                    .write(DRAM_LAST, 0xFF00, 0b0010);
            Ticket<Integer> first = program.read(DRAM);
            Ticket<Integer> last = program.read(DRAM_LAST);
            Ticket<Integer> untouched = program.read(DRAM + 0x0200_0000);
            RunResult result = bench.run(program.barrier(Barrier.OMNIBUS));
            assertThat(result.get(first)).isEqualTo(0x0102_0304);
            assertThat(result.get(last)).isEqualTo(0x0A0B_FF0D);
            assertThat(result.get(untouched)).isZero();
        }
    }
}
