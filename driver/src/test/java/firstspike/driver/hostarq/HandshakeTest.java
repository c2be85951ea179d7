package firstspike.driver.hostarq;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.message.WireException.Code;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Opening a session on virtual time, the test being the FPGA. */
class HandshakeTest {

    private static final long MILLI = OneClient.MILLI;

    @Test
    @DisplayName("W061 the reset frame goes to the reset port; the data port gets nothing before the answer")
    void resetsFirst() {
        OneClient client = opening();
        assertThat(client.resets).hasSize(1);
        client.runTo(1_999 * MILLI);
        assertThat(client.sent).isEmpty();
        client.receive(Datagrams.configuration(0, OneClient.INFORMATION));
        assertThat(client.sent).isNotEmpty();
    }

    @Test
    @DisplayName(
            "W062 no answer: RESET_TIMEOUT after 3 attempts of 2 s, each with a fresh socket, naming address and both ports")
    void givesUp() {
        OneClient client = opening();
        client.runUntilSettled();

        assertThat(client.now).isEqualTo(6_000 * MILLI);
        assertThat(client.resets).containsExactly(0L, 2_000 * MILLI, 4_000 * MILLI);
        assertThat(client.attempt()).isEqualTo(3);
        assertThat(client.failure().code()).isEqualTo(Code.RESET_TIMEOUT);
        assertThat(client.failure().detail().thing()).contains("192.0.2.1", "1234", "45054");
        assertThat(client.failure().getMessage()).contains("3 reset frames", "2000 ms", "check power");
        assertThat(client.endings()).isEqualTo(1);
        assertThat(client.session.nextWakeNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    @DisplayName("W063 data frames, ACKs and garbage before the answer are dropped and not delivered later")
    void dropsWhatCameBefore() {
        OneClient client = opening();
        client.receive(Datagrams.data(255, 0, Frames.WORDS, 1));
        client.receive(Datagrams.data(255, 1, Frames.WORDS, 2));
        client.receive(Datagrams.ack(0));
        client.receive(Datagrams.ofHex("00ff00"));
        client.receive(Datagrams.configuration(0, OneClient.INFORMATION));
        client.echoLoopback();
        client.receive(Datagrams.data(0, 2, Frames.WORDS, 3));

        assertThat(client.delivered).containsExactly(new long[] {Frames.WORDS, 3});
        assertThat(client.session.counters().droppedBeforeOpen()).isEqualTo(4);
    }

    @Test
    @DisplayName(
            "W064 an answer in 2 to 5 frames with other frames between is assembled; a missing part gives CFG_MALFORMED after 1 s")
    void assemblesParts() {
        String text = "version: 1\ncompatible_until: 2\nnote: " + "x".repeat(500) + "\n";
        long[] words = ConfigurationAnswer.words(text);
        for (int parts = 2; parts <= 5; parts++) {
            OneClient client = opening();
            int seq = 0;
            int step = (words.length + parts - 1) / parts;
            for (int at = 0; at < words.length; at += step) {
                client.now += 900 * MILLI;
                client.receive(Datagrams.data(255, seq++, Frames.CONFIGURATION, slice(words, at, step)));
                if (at + step < words.length) {
                    client.receive(Datagrams.data(255, seq++, Frames.WORDS, 99));
                }
            }
            client.echoLoopback();
            assertThat(client.information().text()).isEqualTo(text);
            assertThat(client.delivered).isEmpty();
        }

        OneClient client = opening();
        client.now = 500 * MILLI;
        client.receive(Datagrams.data(255, 0, Frames.CONFIGURATION, slice(words, 0, 30)));
        client.runUntilSettled();
        assertThat(client.now).isEqualTo(1_500 * MILLI);
        assertThat(client.failure().code()).isEqualTo(Code.CFG_MALFORMED);
    }

    @Test
    void partsInWrongOrderAreAssembled() {
        long[] words = ConfigurationAnswer.words(OneClient.INFORMATION);
        OneClient client = opening();
        client.receive(Datagrams.data(255, 1, Frames.CONFIGURATION, slice(words, 6, words.length)));
        client.receive(Datagrams.data(255, 0, Frames.CONFIGURATION, slice(words, 0, 6)));
        client.echoLoopback();
        assertThat(client.information().text()).isEqualTo(OneClient.INFORMATION);
    }

    private static long[] slice(long[] words, int from, int count) {
        return Arrays.copyOfRange(words, from, Math.min(words.length, from + count));
    }

    @Test
    @DisplayName("W065 each wrong constant gives SETTINGS_MISMATCH with name, value and expected value")
    void refusesOtherSettings() {
        String[] names = {"maxNrFrames", "maxWinSize", "maxPduWords"};
        long[] expected = {256, 128, 180};
        for (int i = 0; i < names.length; i++) {
            long[] words = ConfigurationAnswer.words(OneClient.INFORMATION);
            words[i] = -1L >>> i;
            OneClient client = opening();
            client.receive(Datagrams.data(255, 0, Frames.CONFIGURATION, words));
            assertThat(client.failure().code()).isEqualTo(Code.SETTINGS_MISMATCH);
            assertThat(client.failure().detail().fields())
                    .containsEntry("field", names[i])
                    .containsEntry("value", Long.toUnsignedString(-1L >>> i))
                    .containsEntry("expected", String.valueOf(expected[i]));
        }
    }

    @Test
    @DisplayName("W066 compatible_until 2 accepted, 3 refused; version 0 accepted; limits configurable")
    void checksVersions() {
        assertThat(answered("version: 0\ncompatible_until: 2\n", 0, 2).information())
                .isEqualTo(new BitfileInformation(0, 2, "version: 0\ncompatible_until: 2\n"));
        OneClient newer = answered("version: 0\ncompatible_until: 3\n", 0, 2);
        assertThat(newer.failure().code()).isEqualTo(Code.BITFILE_INCOMPATIBLE);
        assertThat(newer.failure().detail().fields())
                .containsEntry("value", "3")
                .containsEntry("max", "2");
        assertThat(answered("version: 0\ncompatible_until: 3\n", 0, 3).failure())
                .isNull();
        OneClient older = answered("version: -1\ncompatible_until: 2\n", 0, 2);
        assertThat(older.failure().code()).isEqualTo(Code.BITFILE_TOO_OLD);
        assertThat(answered("version: 4\ncompatible_until: 2\n", 5, 2).failure().code())
                .isEqualTo(Code.BITFILE_TOO_OLD);
    }

    private static OneClient answered(String text, int oldest, int newest) {
        OneClient client =
                new OneClient(new SessionSettings(OneClient.PEER, true, oldest, newest), OneClient.LOOPBACK_WORD);
        client.open();
        client.receive(Datagrams.configuration(0, text));
        client.echoLoopback();
        return client;
    }

    @Test
    @DisplayName(
            "W067 one loopback frame with one random word; not open before it is back; frames before it are dropped")
    void proves() {
        OneClient client = opening();
        client.receive(Datagrams.configuration(0, OneClient.INFORMATION));
        assertThat(client.information()).isNull();
        ByteBuffer loopback = client.dataFrames().get(0);
        assertThat(Frames.type(loopback)).isEqualTo(Frames.LOOPBACK);
        assertThat(Datagrams.words(loopback)).containsExactly(OneClient.LOOPBACK_WORD);
        client.receive(Datagrams.data(0, 1, Frames.WORDS, 7));
        assertThat(client.information()).isNull();
        client.receive(Datagrams.data(0, 3, Frames.WORDS, 8));
        client.receive(Datagrams.data(0, 2, Frames.LOOPBACK, OneClient.LOOPBACK_WORD));
        assertThat(client.information().text()).isEqualTo(OneClient.INFORMATION);
        client.receive(Datagrams.data(0, 4, Frames.WORDS, 9));
        assertThat(client.delivered).containsExactly(new long[] {Frames.WORDS, 9});
    }

    @Test
    @DisplayName("W068 no loopback answer: LOOPBACK_TIMEOUT after 400 ms; wrong word or length: LOOPBACK_MISMATCH")
    void refusesOtherLoopbacks() {
        OneClient silent = opening();
        silent.now = 100 * MILLI;
        silent.receive(Datagrams.configuration(0, OneClient.INFORMATION));
        silent.receive(Datagrams.ack(0));
        silent.runUntilSettled();
        assertThat(silent.now).isEqualTo(500 * MILLI);
        assertThat(silent.failure().code()).isEqualTo(Code.LOOPBACK_TIMEOUT);

        for (long[] words : new long[][] {{1}, {OneClient.LOOPBACK_WORD, 0}, {}}) {
            OneClient client = opening();
            client.receive(Datagrams.configuration(0, OneClient.INFORMATION));
            client.receive(Datagrams.data(0, 1, Frames.LOOPBACK, words));
            assertThat(client.failure().code()).isEqualTo(Code.LOOPBACK_MISMATCH);
        }
    }

    @Test
    @DisplayName("W072 information text without a zero byte at the end is read up to L words")
    void readsUnterminatedText() {
        String text = "version: 1\ncompatible_until: 2\n#";
        assertThat(text.length() % Long.BYTES).isZero();
        assertThat(answered(text, 0, 2).information().text()).isEqualTo(text);
    }

    @Test
    @DisplayName("W073 a late answer to attempt 1 during attempt 2 neither opens nor disturbs attempt 2")
    void ignoresAnswersOfEarlierAttempts() {
        OneClient client = opening();
        client.runTo(2_100 * MILLI);
        assertThat(client.attempt()).isEqualTo(2);
        client.session.datagram(1, Datagrams.configuration(0, OneClient.INFORMATION), client.now);
        client.echoLoopback();
        assertThat(client.sent).isEmpty();
        assertThat(client.information()).isNull();
        client.receive(Datagrams.configuration(0, "version: 7\ncompatible_until: 2\n"));
        client.echoLoopback();
        assertThat(client.information().version()).isEqualTo(7);
    }

    @Test
    void refusesAnswersOfTheWrongSize() {
        long[] words = ConfigurationAnswer.words(OneClient.INFORMATION);
        OneClient longer = opening();
        longer.receive(Datagrams.data(255, 0, Frames.CONFIGURATION, Arrays.copyOf(words, words.length + 1)));
        assertThat(longer.failure().code()).isEqualTo(Code.CFG_MALFORMED);

        OneClient empty = opening();
        empty.receive(Datagrams.data(255, 0, Frames.CONFIGURATION));
        assertThat(empty.failure().code()).isEqualTo(Code.CFG_MALFORMED);

        for (long announced : new long[] {8193, 1L << 40, -1}) {
            words[3] = announced;
            OneClient client = opening();
            client.receive(Datagrams.data(255, 0, Frames.CONFIGURATION, words));
            assertThat(client.failure().code()).isEqualTo(Code.CFG_MALFORMED);
            assertThat(client.failure().detail().value()).isEqualTo(Long.toUnsignedString(announced));
        }
    }

    @Test
    void refusesTextsThatSayNothing() {
        OneClient none = opening();
        none.receive(Datagrams.data(255, 0, Frames.CONFIGURATION, 256, 128, 180, 0));
        assertThat(none.failure().code()).isEqualTo(Code.BITFILE_INFO_EMPTY);
        OneClient blank = opening();
        blank.receive(Datagrams.data(255, 0, Frames.CONFIGURATION, 256, 128, 180, 1, 0));
        assertThat(blank.failure().code()).isEqualTo(Code.BITFILE_INFO_EMPTY);

        String bomb = "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\nversion: 1\ncompatible_until: 2\n";
        for (String text : new String[] {
            "version: 1\n",
            "compatible_until: 1\n",
            "version: one\ncompatible_until: 2\n",
            "version: 1.5\ncompatible_until: 2\n",
            "version: 99999999999\ncompatible_until: 2\n",
            "- version\n",
            "just text",
            "version: [\n",
            "version: !!java.net.URL [\"http://192.0.2.9/\"]\ncompatible_until: 2\n",
            "version: 1\nversion: 2\ncompatible_until: 2\n",
            "[".repeat(1000),
            bomb
        }) {
            OneClient client = answered(text, 0, 2);
            assertThat(client.failure()).as(text).isNotNull();
            assertThat(client.failure().code()).as(text).isEqualTo(Code.BITFILE_INFO_INCOMPLETE);
            assertThat(client.failure().getMessage()).as(text).doesNotContain("192.0.2.9", "\n");
        }
    }

    @Test
    void takesTheLongestText() {
        String head = "version: 1\ncompatible_until: 2\nnote: ";
        String text = head + "µ".repeat((65_536 - head.length()) / 2);
        assertThat(text.getBytes(StandardCharsets.UTF_8).length).isBetween(65_530, 65_536);
        VirtualPair pair = new VirtualPair(Impairments.none().withLoss(0.1), 1, true, text);
        pair.open();
        assertThat(pair.failure()).isNull();
        assertThat(pair.information().text()).isEqualTo(text);
    }

    @Test
    void aSocketThatFailsEndsTheOpening() {
        OneClient client = opening();
        client.session.socketFailed("Network is unreachable", new java.io.IOException("x"));
        assertThat(client.failure().code()).isEqualTo(Code.SOCKET);
        assertThat(client.failure().getMessage()).contains("Network is unreachable", "192.0.2.1");
        assertThat(client.failure()).hasCauseInstanceOf(java.io.IOException.class);
    }

    @Test
    void refusalsWhileOpeningAreCountedOnly() {
        OneClient client = opening();
        client.session.refused();
        client.receive(Datagrams.configuration(0, OneClient.INFORMATION));
        client.echoLoopback();
        assertThat(client.information().text()).isEqualTo(OneClient.INFORMATION);
        assertThat(client.session.counters().refusals()).isEqualTo(1);
    }

    private static OneClient opening() {
        OneClient client = new OneClient(true);
        client.open();
        return client;
    }
}
