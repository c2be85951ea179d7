package firstspike.driver.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import firstspike.driver.message.FromFpga;
import firstspike.driver.message.FromFpgaMessage;
import firstspike.driver.message.RandomMessages;
import firstspike.driver.message.WireException;
import firstspike.driver.playback.ResponseKind;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TraceAnnotationTest {

    private static RunResult result(ResultAssembler assembler) {
        RunResult.Builder builder = RunResult.builder();
        assembler.fill(builder);
        return builder.build();
    }

    @Test
    @DisplayName("W031 each message advances the counter by one, time messages and halt too")
    void everyMessageAdvances() {
        ResultAssembler assembler = new ResultAssembler();
        assembler.systime(100);
        assembler.sysdelta(5);
        assembler.loopback(true);
        assembler.jtag(1);
        assembler.omnibus(2);
        assembler.linkNotification(0x10);
        assembler.timeout(0, 0, 0);
        assembler.spikes(3, 0, 0, 0);
        assembler.samples(2, 0, 0, 0);
        assembler.loopback(false);
        RunResult result = result(assembler);
        assertThat(result.times(ResponseKind.JTAG)).containsExactly(100 + 1 + 5 + 1 + 1);
        assertThat(result.times(ResponseKind.OMNIBUS)).containsExactly(109);
        assertThat(result.notifications()).containsExactly(new Notification(110, 0x10));
        assertThat(assembler.timeouts()).containsExactly(new StuckInstruction(0, 0, 0, 111));
        assertThat(result.spikes().fpgaTime(2)).isEqualTo(112);
        assertThat(result.samples().fpgaTime(1)).isEqualTo(113);
        assertThat(result.times(ResponseKind.LOOPBACK)).containsExactly(114);
    }

    @Test
    @DisplayName("T024 decoder: Systime")
    void systime() {
        ResultAssembler assembler = new ResultAssembler();
        assembler.systime(100);
        assembler.loopback(false);
        assertThat(result(assembler).times(ResponseKind.LOOPBACK)).containsExactly(101);
    }

    @Test
    @DisplayName("T025 decoder: Sysdelta")
    void sysdelta() {
        ResultAssembler assembler = new ResultAssembler();
        assembler.systime(100);
        assembler.loopback(false);
        assembler.sysdelta(10);
        assembler.loopback(false);
        assertThat(result(assembler).times(ResponseKind.LOOPBACK)).containsExactly(101, 113);
    }

    @Test
    @DisplayName("T027 W038 decoder: reset per program, the counter begins at 0 and nothing is carried over")
    void resetPerProgram() {
        for (int program = 0; program < 2; program++) {
            ResultAssembler assembler = new ResultAssembler();
            assembler.loopback(false);
            assembler.spikes(1, 7, 0, 0);
            RunResult result = result(assembler);
            assertThat(result.times(ResponseKind.LOOPBACK)).containsExactly(1);
            assertThat(result.spikes().fpgaTime(0)).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("W032 a stamp of now is now, one tick later is 127 ticks ago")
    void newestAndOldest() {
        for (long now : new long[] {127, 128, 1000, 1 << 20, FromFpga.MAX_TIME}) {
            assertThat(SpikeColumns.chipTime(now, (int) (2 * now & 255))).isEqualTo(now);
            assertThat(SpikeColumns.chipTime(now, (int) (2 * (now + 1) & 255))).isEqualTo(now - 127);
        }
    }

    @Test
    @DisplayName("W033 W039 chip times are 0 to 127 ticks old and agree with the raw stamp, which is kept")
    void ages() {
        Random random = new Random(33);
        ResultAssembler assembler = new ResultAssembler();
        for (int i = 0; i < 65_536; i++) {
            assembler.systime(127 + Math.floorMod(random.nextLong(), FromFpga.MAX_TIME - 128));
            assembler.spikes(1, random.nextInt(1 << 24), 0, 0);
        }
        SpikeColumns spikes = result(assembler).spikes();
        assertThat(spikes.size()).isEqualTo(65_536);
        random = new Random(33);
        for (int i = 0; i < spikes.size(); i++) {
            long now = 128 + Math.floorMod(random.nextLong(), FromFpga.MAX_TIME - 128);
            int event = random.nextInt(1 << 24);
            long age = now - spikes.chipTime(i);
            boolean right = spikes.fpgaTime(i) == now && spikes.stamp(i) == event >> 16;
            assertTrue(right && age >= 0 && age <= 127, () -> "seed 33: event " + event + " at " + now);
            assertTrue((spikes.chipTime(i) & 127) == spikes.stamp(i) / 2, () -> "seed 33: stamp of " + event);
        }
    }

    @Test
    @DisplayName("W034 near time 0 the chip time wraps")
    void wrapsNearZero() {
        assertThat(SpikeColumns.chipTime(81, 255)).isEqualTo(8_796_093_022_207L);
    }

    @Test
    @DisplayName("W035 TIME_OVERFLOW behind the last tick; what came before stays, and the halt still ends the run")
    void overflow() {
        ResultAssembler assembler = new ResultAssembler();
        assembler.systime(FromFpga.MAX_TIME - 1);
        assembler.loopback(false);
        assertThat(assembler.failure()).isEmpty();
        assembler.spikes(1, 5, 0, 0);
        assembler.systime(0);
        assembler.loopback(false);
        assembler.loopback(true);
        RunResult result = result(assembler);
        assertThat(result.times(ResponseKind.LOOPBACK)).containsExactly(FromFpga.MAX_TIME);
        assertThat(result.spikes().size()).isZero();
        assertThat(assembler.halted()).isTrue();
        WireException failure = assembler.failure().orElseThrow();
        assertThat(failure.code()).isEqualTo(WireException.Code.TIME_OVERFLOW);
        assertThat(failure).hasMessageContaining("8796093022207").hasMessageContaining("synchronise");
    }

    @Test
    @DisplayName("W036 a decreasing Systime is accepted")
    void backwards() {
        ResultAssembler assembler = new ResultAssembler();
        assembler.systime(1L << 40);
        assembler.spikes(1, 1, 0, 0);
        assembler.systime(9);
        assembler.spikes(2, 2, 3, 0);
        RunResult result = result(assembler);
        assertThat(assembler.failure()).isEmpty();
        assertThat(result.spikes().fpgaTime(0)).isEqualTo((1L << 40) + 1);
        assertThat(result.spikes().fpgaTime(1)).isEqualTo(10);
        assertThat(result.spikes().fpgaTime(2)).isEqualTo(10);
        assertThat(result.spikes().pieceEnd(0, 3)).isEqualTo(1);
    }

    @Test
    @DisplayName("W037 the halt is not recorded, a tick is")
    void haltIsNotRecorded() {
        ResultAssembler assembler = new ResultAssembler();
        assembler.loopback(false);
        assertThat(assembler.halted()).isFalse();
        assembler.loopback(true);
        assertThat(assembler.halted()).isTrue();
        assertThat(result(assembler).times(ResponseKind.LOOPBACK)).containsExactly(1);
    }

    @Test
    @DisplayName("T034 suspect flag")
    void suspect() {
        ResultAssembler assembler = new ResultAssembler();
        assembler.systime(999);
        assembler.spikes(1, 0xd6 << 16, 0, 0);
        assertThat(result(assembler).spikes().chipTime(0)).isEqualTo(875);
        assertThat(assembler.suspectTimes()).isEqualTo(1);
    }

    @Test
    @DisplayName("T033 an aliased event is not flagged when its age looks small")
    void aliasIsNotFlagged() {
        ResultAssembler assembler = new ResultAssembler();
        assembler.systime(299);
        assembler.spikes(1, 200 << 16, 0, 0);
        assertThat(result(assembler).spikes().chipTime(0)).isEqualTo(228);
        assertThat(assembler.suspectTimes()).isZero();
    }

    @Test
    @DisplayName("T153 notification decode")
    void notifications() {
        Notification up = new Notification(0, 0x90);
        assertThat(up.link()).isEqualTo(4);
        assertThat(up.linkUp()).isTrue();
        assertThat(up.crcError() || up.decodeError() || up.crcRecover() || up.checkError())
                .isFalse();
        Notification crc = new Notification(0, 0x04);
        assertThat(crc.link()).isZero();
        assertThat(crc.crcError()).isTrue();
        assertThat(crc.linkUp() || crc.decodeError() || crc.crcRecover() || crc.checkError())
                .isFalse();
        Notification three = new Notification(0, 0x0b);
        assertThat(three.decodeError() && three.crcRecover() && three.checkError())
                .isTrue();
        assertThat(three.linkUp() || three.crcError()).isFalse();
    }

    @Test
    @DisplayName("The time base: an answer before any absolute time of a synchronised program is relative")
    void timeBase() {
        ResultAssembler late = new ResultAssembler();
        late.loopback(false);
        late.systime(100);
        late.loopback(false);
        assertThat(late.timeBase(true, true)).isEqualTo(TimeBase.RELATIVE);
        assertThat(late.timeBase(false, true)).isEqualTo(TimeBase.UNSYNCED);
        ResultAssembler first = new ResultAssembler();
        first.linkNotification(0x10);
        first.systime(100);
        first.loopback(false);
        assertThat(first.timeBase(true, true)).isEqualTo(TimeBase.SYNCED);
        assertThat(first.timeBase(false, false)).isEqualTo(TimeBase.UNSYNCED);
    }

    @Test
    @DisplayName("A listener gets every event and answer once, in order, in pieces of bounded size")
    void pieces() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            ResultAssembler whole = new ResultAssembler();
            PieceCollector collector = new PieceCollector(5);
            ResultAssembler pieces = new ResultAssembler(collector, 5);
            for (int i = 0; i < 300; i++) {
                FromFpgaMessage message = RandomMessages.fromFpga(random);
                if (message.kind() != FromFpga.Kind.SYSTIME || i == 0) {
                    message.sendTo(whole);
                    message.sendTo(pieces);
                }
                if (random.nextInt(50) == 0) {
                    pieces.deliver();
                }
            }
            pieces.deliver();
            RunResult expected = result(whole);
            assertThat(collector.spikes()).as("seed %d", seed).isEqualTo(expected.spikes());
            assertThat(collector.samples()).as("seed %d", seed).isEqualTo(expected.samples());
            assertThat(collector.notifications()).isEqualTo(expected.notifications());
            for (ResponseKind kind : ResponseKind.values()) {
                assertThat(collector.values(kind)).as("seed %d", seed).isEqualTo(expected.values(kind));
                assertThat(collector.times(kind)).as("seed %d", seed).isEqualTo(expected.times(kind));
                assertThat(pieces.responses(kind)).isEqualTo(whole.responses(kind));
            }
            assertThat(pieces.spikeCount()).isEqualTo(whole.spikeCount());
            assertThat(pieces.sampleCount()).isEqualTo(whole.sampleCount());
        }
    }
}
