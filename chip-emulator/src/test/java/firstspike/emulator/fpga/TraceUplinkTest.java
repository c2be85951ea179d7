package firstspike.emulator.fpga;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.hostarq.WordSender;
import firstspike.driver.message.WireException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** When the words of a trace leave (wire.md 17, D27). */
class TraceUplinkTest {

    private static final long PACK_OF_THREE = 0x0c_561234_bc789a_12L;
    private static final long ITS_REST = 0xdef0_8000_0000_0000L;

    private final Sender sender = new Sender();
    private final TraceUplink uplink = new TraceUplink(sender);

    @Test
    @DisplayName("A stretch of the trace leaves when it is complete; the bits of an incomplete word wait")
    void stretch() {
        pack();
        assertThat(sender.words).isEmpty();
        uplink.pause();
        assertThat(sender.words).containsExactly(PACK_OF_THREE);
        assertThat(sender.flushes).isZero();
    }

    @Test
    @DisplayName("The host's flush request completes the incomplete word, once")
    void flushRequest() {
        pack();
        uplink.wantFlush();
        uplink.pause();
        assertThat(sender.words).containsExactly(PACK_OF_THREE, ITS_REST);
        assertThat(sender.flushes).isOne();
        uplink.pause();
        assertThat(sender.flushes).isOne();
    }

    @Test
    @DisplayName("A halt leaves at once, aligned")
    void halt() {
        pack();
        uplink.loopback(true);
        assertThat(sender.words).containsExactly(PACK_OF_THREE, 0xdef0_0200_0000_0000L, 0x0000_8000_0000_0000L);
        assertThat(sender.flushes).isOne();
    }

    @Test
    @DisplayName("A long trace leaves in frames while it grows")
    void longTrace() {
        for (int i = 0; i < 1000; i++) {
            uplink.loopback(false);
        }
        assertThat(sender.words).hasSize(900);
    }

    @Test
    @DisplayName("After the end of its session it drops everything, and says so")
    void deadSession() {
        sender.closed = true;
        pack();
        assertThat(uplink.isDead()).isFalse();
        uplink.pause();
        assertThat(uplink.isDead()).isTrue();
        uplink.loopback(true);
        uplink.flush();
        assertThat(sender.words).isEmpty();
    }

    private void pack() {
        uplink.spikes(3, 0x561234, 0xbc789a, 0x12def0);
    }

    private static final class Sender implements WordSender {

        private final List<Long> words = new ArrayList<>();
        private int flushes;
        private boolean closed;

        @Override
        public void words(long[] more, int count) {
            refuseClosed();
            for (int i = 0; i < count; i++) {
                words.add(more[i]);
            }
        }

        @Override
        public void flush() {
            refuseClosed();
            flushes++;
        }

        @Override
        public void resume() {}

        private void refuseClosed() {
            if (closed) {
                throw new WireException(
                        WireException.Code.CLOSED, ErrorDetail.of("session", "reset", "open", "open it again"));
            }
        }
    }
}
