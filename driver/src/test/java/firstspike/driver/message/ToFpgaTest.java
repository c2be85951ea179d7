package firstspike.driver.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ToFpgaTest {

    @Test
    @DisplayName("W002 a refused message leaves what was encoded before as it was")
    void refusedMessages() {
        for (ToFpgaMessage bad : List.of(
                new ToFpgaMessage.Valued(ToFpga.Kind.WAIT_UNTIL, 1L << 32),
                new ToFpgaMessage.Valued(ToFpga.Kind.JTAG_INS, -1),
                new ToFpgaMessage.SpikePack(List.of(1, 65_536)),
                new ToFpgaMessage.OmnibusAddress(1L << 32, true, 15))) {
            List<Long> words = new ArrayList<>(List.of(ToFpga.tick()));
            WireException refused = catchThrowableOfType(WireException.class, () -> words.add(bad.word()));
            assertThat(refused.code()).isEqualTo(WireException.Code.FIELD_RANGE);
            assertThat(words).containsExactly(ToFpga.tick());
        }
    }

    @Test
    @DisplayName("W003 W006 every message is one word with bit 63 clear, and decodes to an equal message")
    void roundTrip() {
        Random random = new Random(6);
        List<ToFpgaMessage> decoded = new ArrayList<>();
        ToFpgaDecoder decoder = new ToFpgaDecoder(decoded::add);
        for (int i = 0; i < 100_000; i++) {
            ToFpgaMessage message = RandomMessages.toFpga(random);
            long word = message.word();
            decoder.word(word);
            assertTrue(word >>> 56 <= 15 && decoded.equals(List.of(message)), () -> "seed 6: " + message);
            decoded.clear();
        }
    }

    @Test
    @DisplayName("W004 a stream of messages ends at a word border: nothing is left to flush")
    void nothingToFlush() {
        List<ToFpgaMessage> decoded = new ArrayList<>();
        ToFpgaDecoder decoder = new ToFpgaDecoder(decoded::add);
        for (int i = 1; i <= 3; i++) {
            decoder.word(ToFpga.spikes(i, i, i));
            assertThat(decoded).as("messages behind word " + i).hasSize(i);
        }
    }

    @Test
    @DisplayName("W007 gap bits are ignored")
    void gapBits() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            ToFpgaMessage message = RandomMessages.toFpga(random);
            int payload = message.kind().payloadBits();
            long gap = payload == 56 ? 0 : (1L << 56) - (1L << payload);
            long garbage = gap & random.nextLong();
            assertTrue(
                    ToFpgaMessage.of(message.word() | garbage, i).equals(message),
                    () -> "seed 7: " + message + " with " + garbage);
        }
    }

    @Test
    @DisplayName("W008 JtagData takes 3 to 33 bits, on encode and on decode")
    void jtagLength() {
        for (int bits : new int[] {3, 33}) {
            long word = ToFpga.jtagData(true, bits, 5);
            assertThat(ToFpgaMessage.of(word, 0)).isEqualTo(new ToFpgaMessage.JtagData(true, bits, 5));
        }
        for (int bits : new int[] {2, 34}) {
            WireException encode = catchThrowableOfType(WireException.class, () -> ToFpga.jtagData(true, bits, 5));
            long word = ToFpga.jtagData(true, 3, 5) & ~(0xffL << 40) | (long) bits << 40;
            WireException decode = catchThrowableOfType(WireException.class, () -> ToFpgaMessage.of(word, 9));
            for (WireException refused : List.of(encode, decode)) {
                assertThat(refused.code()).isEqualTo(WireException.Code.FIELD_RANGE);
                assertThat(refused.detail().thing()).isEqualTo("JtagData.numBits");
                assertThat(refused.detail().value()).isEqualTo(Integer.toString(bits));
                assertThat(refused.detail().limit()).isEqualTo("3 to 33");
            }
        }
    }

    @Test
    @DisplayName("W009 16 and 13 types under the header numbers of the document")
    void headers() {
        assertThat(Stream.of(ToFpga.Kind.values()).map(ToFpga.Kind::messageName))
                .containsExactly(
                        "JtagInit",
                        "JtagScaler",
                        "JtagIns",
                        "JtagData",
                        "TimerSetup",
                        "WaitUntil",
                        "SystimeInit",
                        "Barrier",
                        "PollingOmnibusBlock",
                        "Reset",
                        "Loopback",
                        "OmnibusAddress",
                        "OmnibusData",
                        "SpikePack1",
                        "SpikePack2",
                        "SpikePack3");
        assertThat(Stream.of(FromFpga.Kind.values()).map(FromFpga.Kind::messageName))
                .containsExactly(
                        "JtagResponse",
                        "OmnibusResponse",
                        "LoopbackResponse",
                        "HighspeedLinkNotification",
                        "TimeoutNotification",
                        "Systime",
                        "Sysdelta",
                        "MadcPack1",
                        "MadcPack2",
                        "MadcPack3",
                        "SpikePackFrom1",
                        "SpikePackFrom2",
                        "SpikePackFrom3");
    }

    @Test
    @DisplayName("W020 headers 16 to 127 to the FPGA are refused")
    void unknownHeaders() {
        for (int header = 16; header < 128; header++) {
            long word = (long) header << 56;
            WireException refused =
                    catchThrowableOfType(WireException.class, () -> new ToFpgaDecoder(message -> {}).word(word));
            assertThat(refused.code()).isEqualTo(WireException.Code.UNKNOWN_HEADER);
            assertThat(refused.detail().fields()).containsEntry("header", Integer.toString(header));
        }
    }
}
