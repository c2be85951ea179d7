package firstspike.driver.hostarq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.message.WireException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FramesTest {

    @Test
    @DisplayName("W053 largest datagram 1452 bytes, smallest data frame 20, ACK 4, reset abababab 4")
    void sizes() {
        byte[] target = new byte[Frames.MAX_BYTES];
        assertThat(Frames.encode(target, 0, 0, 0, Frames.WORDS, new long[180], 0, 180))
                .isEqualTo(1452)
                .isEqualTo(Frames.MAX_BYTES);
        assertThat(Frames.encode(target, 0, 0, 0, Frames.WORDS, new long[1], 0, 1))
                .isEqualTo(20);
        assertThat(Datagrams.hex(ByteBuffer.wrap(Frames.reset()))).isEqualTo("abababab");
        OneClient client = new OneClient(true).opened();
        client.now = OneClient.MILLI;
        client.receive(Datagrams.data(0, 2, Frames.WORDS, 1));
        assertThat(client.sent.get(0).remaining()).isEqualTo(4);
    }

    @Test
    @DisplayName("W054 header fields and words are big endian")
    void byteOrder() {
        byte[] target = new byte[28];
        Frames.encode(target, 0, 0x12, 0x34, 0x5678, new long[] {0x0a00_0000_0000_0001L, -2}, 0, 2);
        assertThat(Datagrams.hex(ByteBuffer.wrap(target)))
                .isEqualTo("0000001200000034567800020a00000000000001fffffffffffffffe");
        assertThat(target[12]).isEqualTo((byte) 0x0a);
    }

    @Test
    void readsFromPositionToLimitAndLeavesBoth() {
        ByteBuffer frame = Datagrams.data(3, 4, 0x8001, 5, 6);
        ByteBuffer within = ByteBuffer.allocateDirect(100);
        within.position(7);
        within.put(frame.duplicate()).flip().position(7);

        assertThat(Frames.kind(within)).isEqualTo(Frames.Kind.DATA);
        assertThat(Frames.ack(within)).isEqualTo(3);
        assertThat(Frames.seq(within)).isEqualTo(4);
        assertThat(Frames.type(within)).isEqualTo(0x8001);
        assertThat(Datagrams.words(within)).containsExactly(5, 6);
        assertThat(within.position()).isEqualTo(7);
        assertThat(within.limit()).isEqualTo(7 + frame.remaining());
    }

    @Test
    void refusesEmptyAndLongFramesWithLimits() {
        byte[] target = new byte[2000];
        for (int count : new int[] {0, 181}) {
            WireException refused = catchThrowableOfType(
                    WireException.class, () -> Frames.encode(target, 0, 0, 0, Frames.WORDS, new long[200], 0, count));
            assertThat(refused.code()).isEqualTo(WireException.Code.FRAME_LENGTH);
            assertThat(refused.detail().value()).isEqualTo(String.valueOf(count));
        }
        assertThatThrownBy(() -> Frames.encode(target, 0, 0, 0, 0x10000, new long[1], 0, 1))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("ptype")
                .hasMessageContaining("65535");
    }

    @Test
    void theLineCarries118MegabytesPerSecond() {
        assertThat(LinkBudget.maxPayloadBytesPerSecond()).isBetween(118.57e6, 118.58e6);
        assertThat(LinkBudget.ofWords(4_194_304).frames()).isEqualTo(23_302);
        assertThat(LinkBudget.ofWords(4_194_304).ethernetWireBytes()).isEqualTo(35_371_988);
    }
}
