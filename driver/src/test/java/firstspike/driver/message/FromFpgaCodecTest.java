package firstspike.driver.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FromFpgaCodecTest {

    private static final long PACK_HEADER = 12L << 56;

    private final FromFpgaEncoder encoder = new FromFpgaEncoder();
    private final List<FromFpgaMessage> decoded = new ArrayList<>();
    private final FromFpgaDecoder decoder = new FromFpgaDecoder(FromFpgaMessage.sink(decoded::add));

    private long[] encoded() {
        return Arrays.copyOf(encoder.words(), encoder.count());
    }

    @Test
    @DisplayName("W012 four packs of three fill five words")
    void fourPacks() {
        for (int i = 0; i < 4; i++) {
            encoder.spikes(3, 1, 2, 3);
        }
        assertThat(encoder.count()).isEqualTo(5);
        assertThat(encoder.pendingBits()).isZero();
        encoder.flush();
        assertThat(encoder.count()).isEqualTo(5);
    }

    @Test
    @DisplayName("W013 W014 a flush behind a pack of three adds a comma and zeros, a second one nothing")
    void flush() {
        encoder.spikes(3, 0x561234, 0xbc789a, 0x12def0);
        encoder.flush();
        encoder.flush();
        assertThat(encoded()).containsExactly(0x0c561234bc789a12L, 0xdef0800000000000L);
        assertThat(encoded()[1] & (1L << 47)).isNotZero();
        assertThat(encoded()[1] & (1L << 47) - 1).isZero();
    }

    @Test
    @DisplayName("W016 idle words between aligned messages change nothing")
    void idleWords() {
        for (long idle : new long[] {Long.MIN_VALUE, -1, 0x8c00_0000_0000_0000L}) {
            decoded.clear();
            decoder.word(idle);
            decoder.word(0x0600_0000_0000_0007L);
            decoder.word(idle);
            decoder.word(idle);
            decoder.word(0x0200_0000_0000_0001L);
            decoder.word(idle);
            decoder.finish();
            assertThat(decoded)
                    .containsExactly(
                            new FromFpgaMessage.Valued(FromFpga.Kind.SYSDELTA, 7),
                            new FromFpgaMessage.Valued(FromFpga.Kind.LOOPBACK_RESPONSE, 1));
        }
    }

    @Test
    @DisplayName("W017 inside a message a word with bit 63 set continues it")
    void continuedByIdleLookalike() {
        decoder.word(PACK_HEADER);
        decoder.word(0xffff_8000_0000_0000L);
        assertThat(decoded)
                .containsExactly(new FromFpgaMessage.Pack(
                        FromFpga.Kind.SPIKE_PACK_3,
                        List.of(
                                new FromFpgaMessage.Event(0, 0),
                                new FromFpgaMessage.Event(0, 0),
                                new FromFpgaMessage.Event(0xffff, 0))));
        decoder.finish();
    }

    @Test
    @DisplayName("W010 W018 random streams with flushes decode to themselves, however they are cut into calls")
    void roundTrips() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            FromFpgaEncoder source = new FromFpgaEncoder();
            List<FromFpgaMessage> sent = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                FromFpgaMessage message = RandomMessages.fromFpga(random);
                message.sendTo(source);
                sent.add(message);
                if (random.nextInt(8) == 0) {
                    source.flush();
                }
            }
            source.flush();
            List<FromFpgaMessage> back = new ArrayList<>();
            FromFpgaDecoder pieces = new FromFpgaDecoder(FromFpgaMessage.sink(back::add));
            for (int from = 0; from < source.count(); ) {
                int count = Math.min(source.count() - from, random.nextInt(7));
                pieces.words(source.words(), from, count);
                assertThat(pieces.pendingBits()).isIn(0, 16, 32, 48, 64);
                from += count;
            }
            pieces.finish();
            assertThat(back).as("seed %d", seed).isEqualTo(sent);
            assertThat(pieces.wordCount()).isEqualTo(source.count());
        }
    }

    @Test
    @DisplayName("W019 an unknown header names itself and its word, keeps what came before, poisons until reset")
    void unknownHeader() {
        decoder.word(0x0600_0000_0000_0001L);
        WireException unknown = catchThrowableOfType(
                WireException.class, () -> decoder.words(new long[] {0x0200_0000_0000_0001L, 0x0d00L << 48, 0}, 0, 3));
        assertThat(unknown.code()).isEqualTo(WireException.Code.UNKNOWN_HEADER);
        assertThat(unknown.detail().fields()).containsEntry("header", "13").containsEntry("wordIndex", "2");
        assertThat(decoded).hasSize(2);
        for (long word : new long[] {0x0200_0000_0000_0001L, -1, 0}) {
            WireException poisoned = catchThrowableOfType(WireException.class, () -> decoder.word(word));
            assertThat(poisoned.code()).isEqualTo(WireException.Code.DECODER_POISONED);
        }
        assertThat(decoded).hasSize(2);
        decoder.reset();
        decoder.word(0x0200_0000_0000_0001L);
        decoder.finish();
        assertThat(decoded).hasSize(3);
    }

    @Test
    @DisplayName("W020 headers 13 to 127 from the FPGA are refused, aligned and inside a word")
    void unknownHeaders() {
        for (int header = 13; header < 128; header++) {
            decoder.reset();
            long aligned = (long) header << 56;
            WireException refused = catchThrowableOfType(WireException.class, () -> decoder.word(aligned));
            assertThat(refused.code()).isEqualTo(WireException.Code.UNKNOWN_HEADER);
            decoder.reset();
            decoder.word(PACK_HEADER);
            long inside = (long) header << 40;
            refused = catchThrowableOfType(WireException.class, () -> decoder.word(inside));
            assertThat(refused.code()).isEqualTo(WireException.Code.UNKNOWN_HEADER);
            assertThat(refused.detail().fields())
                    .containsEntry("header", Integer.toString(header))
                    .containsEntry("wordIndex", "1");
        }
    }

    @Test
    @DisplayName("W021 the end of the stream inside a message is TRUNCATED with the pending bits")
    void truncated() {
        decoder.finish();
        decoder.word(PACK_HEADER);
        WireException truncated = catchThrowableOfType(WireException.class, decoder::finish);
        assertThat(truncated.code()).isEqualTo(WireException.Code.TRUNCATED);
        assertThat(truncated.detail().fields()).containsEntry("pendingBits", "64");
        decoder.word(0x0000_0600_0000_0000L);
        truncated = catchThrowableOfType(WireException.class, decoder::finish);
        assertThat(truncated.detail().fields()).containsEntry("pendingBits", "48");
        decoder.word(0x0001_8000_0000_0000L);
        decoder.finish();
    }

    @Test
    @DisplayName("W023 bits 14 and 15 of a sample are ignored on receive and zero on send")
    void unusedSampleBits() {
        decoder.word(0x0700_0000_00ff_ffffL);
        decoder.word(0x0800_ffff_ff00_ffffL);
        decoder.word(0x0900_ffff_00ff_ff00L);
        decoder.word(0xffff_8000_0000_0000L);
        FromFpgaMessage.Event full = new FromFpgaMessage.Event(0x3fff, 0);
        assertThat(decoded)
                .containsExactly(
                        new FromFpgaMessage.Pack(
                                FromFpga.Kind.MADC_PACK_1, List.of(new FromFpgaMessage.Event(0x3fff, 0xff))),
                        new FromFpgaMessage.Pack(
                                FromFpga.Kind.MADC_PACK_2, List.of(new FromFpgaMessage.Event(0x3fff, 0xff), full)),
                        new FromFpgaMessage.Pack(FromFpga.Kind.MADC_PACK_3, List.of(full, full, full)));
        decoded.forEach(message -> message.sendTo(encoder));
        assertThat(encoded()).containsExactly(0x0700_0000_00ff_3fffL, 0x0800_ff3f_ff00_3fffL, 0x0900_3fff_003f_ff00L);
        WireException refused = catchThrowableOfType(WireException.class, () -> encoder.samples(2, 0, 0x4000, 0));
        assertThat(refused.code()).isEqualTo(WireException.Code.FIELD_RANGE);
        assertThat(refused.detail().thing()).isEqualTo("MadcPack2.samples[1]");
    }

    @Test
    @DisplayName("W024 a time-out with counters beyond those of the hardware decodes")
    void largestTimeout() {
        encoder.timeout(0xffff_ffffL, 127, 63);
        decoder.words(encoder.words(), 0, encoder.count());
        assertThat(decoded).containsExactly(new FromFpgaMessage.TimeoutNotification(0xffff_ffffL, 127, 63));
    }

    @Test
    @DisplayName("W025 bits of a link notification")
    void linkNotification() {
        firstspike.driver.link.Notification notification = new firstspike.driver.link.Notification(0, 0xb5);
        assertThat(notification.link()).isEqualTo(5);
        assertThat(notification.linkUp()).isTrue();
        assertThat(notification.decodeError()).isFalse();
        assertThat(notification.crcError()).isTrue();
        assertThat(notification.crcRecover()).isFalse();
        assertThat(notification.checkError()).isTrue();
    }

    @Test
    @DisplayName("W010 a message out of range is refused and leaves the encoder as it was")
    void refusedMessages() {
        encoder.spikes(3, 1, 2, 3);
        for (Runnable bad : List.<Runnable>of(
                () -> encoder.systime(1L << 43),
                () -> encoder.systime(-1),
                () -> encoder.sysdelta(256),
                () -> encoder.jtag(1L << 33),
                () -> encoder.linkNotification(256),
                () -> encoder.timeout(1L << 32, 0, 0),
                () -> encoder.timeout(0, 128, 0),
                () -> encoder.timeout(0, 0, 64),
                () -> encoder.spikes(4, 0, 0, 0),
                () -> encoder.spikes(2, 0, 1 << 24, 0),
                () -> encoder.spikes(1, -1, 0, 0),
                () -> encoder.samples(0, 0, 0, 0))) {
            WireException refused = catchThrowableOfType(WireException.class, bad::run);
            assertThat(refused.code()).isEqualTo(WireException.Code.FIELD_RANGE);
            assertThat(encoder.count()).isEqualTo(1);
            assertThat(encoder.pendingBits()).isEqualTo(16);
        }
    }

    @Test
    @DisplayName("Complete words are handed on in pieces, the incomplete one stays")
    void clear() {
        encoder.spikes(3, 1, 2, 3);
        encoder.clear();
        encoder.sysdelta(4);
        encoder.flush();
        assertThat(encoded()).containsExactly(0x0003_0600_0000_0000L, 0x0004_8000_0000_0000L);
        encoder.spikes(3, 1, 2, 3);
        encoder.reset();
        encoder.sysdelta(4);
        assertThat(encoded()).containsExactly(0x0600_0000_0000_0004L);
    }
}
