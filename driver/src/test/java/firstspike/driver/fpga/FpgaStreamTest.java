package firstspike.driver.fpga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.error.CancelledException;
import firstspike.driver.error.IncompleteResponseException;
import firstspike.driver.error.LinkLostException;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.message.ToFpga;
import firstspike.driver.message.WireException;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ProgramSource;
import firstspike.driver.playback.ResponseKind;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Programs whose results are handed on while they run. */
class FpgaStreamTest {

    private static final int COUNT = 300_000;
    private static final int BEFORE = HealthReads.WHOLE.before().length;

    private final ScriptedFpga fpga = new ScriptedFpga();
    private final ScriptedSessions sessions = new ScriptedSessions(fpga);
    private final CollectingListener listener = new CollectingListener();
    private FpgaSource source;
    private FpgaLink link;

    @BeforeEach
    void open() {
        source = FpgaSource.scripted("fpga://192.0.2.1", FpgaOptions.defaults(), sessions);
        link = source.open(source.chips().get(0).chipId(), LinkOptions.defaults());
    }

    @AfterEach
    void close() {
        source.close();
    }

    private static ProgramSource program(int count) {
        return ProgramSource.of(count, FpgaStreamTest::word);
    }

    private static long word(long index) {
        return index % 3 == 0 ? ToFpga.tick() : index % 3 == 1 ? ToFpga.omnibusRead(0x8800_0009) : ToFpga.spike(7);
    }

    /** The FPGA gives back each spike that it is sent. */
    private static void loopBack(ScriptedFpga fpga) {
        fpga.script((word, index, out) -> {
            if (ToFpga.spikeCount(word) > 0) {
                out.spikes(1, ToFpga.label(word, 0), 0, 0);
            }
            return false;
        });
    }

    @Test
    @DisplayName("Everything comes once, in order and in parts, then the health; the hash is that of the words")
    void parts() {
        loopBack(fpga);

        link.stream(program(COUNT), RunOptions.defaults(), listener);

        assertThat(listener.spikes()).isEqualTo(COUNT / 3);
        assertThat(listener.labels()).isEqualTo(7L * COUNT / 3);
        assertThat(listener.responses(ResponseKind.OMNIBUS)).isEqualTo(COUNT / 3);
        assertThat(listener.responses(ResponseKind.LOOPBACK)).isEqualTo(COUNT / 3);
        assertThat(listener.calls()).isGreaterThan(9);
        assertThat(listener.health().count("events.received")).isEqualTo(COUNT / 3);
        assertThat(listener.health().streamed()).isFalse();
        long[] words = new long[COUNT];
        for (int i = 0; i < COUNT; i++) {
            words[i] = word(i);
        }
        assertThat(listener.provenance().programSha256())
                .isEqualTo(PlaybackProgram.ofWords(words).sha256());
    }

    @Test
    @DisplayName("A program in memory may be streamed too, and a short one is handed on whole")
    void inMemory() {
        link.stream(PlaybackProgram.ofWords(new long[] {word(0), word(1)}), RunOptions.defaults(), listener);

        assertThat(listener.responses(ResponseKind.OMNIBUS)).isEqualTo(1);
        assertThat(listener.responses(ResponseKind.LOOPBACK)).isEqualTo(1);
        assertThat(listener.health().lossFree()).isTrue();
    }

    @Test
    @DisplayName("Missing answers of a stream are counted like those of any run")
    void missing() {
        fpga.script((word, index, out) -> index == BEFORE + 1);

        IncompleteResponseException failed = catchThrowableOfType(
                IncompleteResponseException.class, () -> link.stream(program(30), RunOptions.defaults(), listener));

        assertThat(failed.detail().fields()).containsEntry("expected", "10").containsEntry("received", "9");
        assertThat(listener.health()).isNull();
    }

    @Test
    @DisplayName("A listener that throws ends the stream; the session is opened again and the link goes on")
    void listenerThrows() {
        loopBack(fpga);
        AtomicInteger calls = new AtomicInteger();
        CollectingListener angry = new CollectingListener() {
            @Override
            public void spikes(SpikeColumns columns) {
                calls.incrementAndGet();
                throw new IllegalStateException("no room on the disk");
            }
        };

        assertThatThrownBy(() -> link.stream(program(COUNT), RunOptions.defaults(), angry))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no room on the disk");

        assertThat(calls).hasValue(1);
        link.stream(program(30), RunOptions.defaults(), listener);
        assertThat(listener.responses(ResponseKind.OMNIBUS)).isEqualTo(10);
        assertThat(fpga.sessions()).isEqualTo(2);
    }

    @Test
    @DisplayName("A session that breaks in a stream: what arrived was handed on, and the error says how much")
    void broken() {
        fpga.script((word, index, out) -> {
            if (index == 200_000) {
                sessions.current().fail(WireException.Code.MAX_RESENDS);
            }
            return false;
        });

        LinkLostException failed = catchThrowableOfType(
                LinkLostException.class, () -> link.stream(program(COUNT), RunOptions.defaults(), listener));

        assertThat(failed.chipStateKnown()).isFalse();
        assertThat(failed.detail().fields())
                .containsEntry("expected.omnibus", Integer.toString(COUNT / 3))
                .containsEntry("received.omnibus", Long.toString(listener.responses(ResponseKind.OMNIBUS)));
        assertThat(listener.responses(ResponseKind.OMNIBUS)).isPositive();
        assertThat(listener.health()).isNull();
    }

    @Test
    @DisplayName("An interrupt ends a stream: no more words are sent, what came is handed on")
    void cancelled() {
        loopBack(fpga);
        CollectingListener interrupting = new CollectingListener() {
            @Override
            public void spikes(SpikeColumns columns) {
                if (spikes() == 0) {
                    Thread.currentThread().interrupt();
                }
                super.spikes(columns);
            }
        };

        assertThatThrownBy(() -> link.stream(program(COUNT), RunOptions.defaults(), interrupting))
                .isInstanceOf(CancelledException.class);

        assertThat(interrupting.spikes()).isPositive();
        assertThat(Thread.interrupted()).isFalse();
        link.stream(program(30), RunOptions.defaults(), listener);
        assertThat(listener.responses(ResponseKind.OMNIBUS)).isEqualTo(10);
    }
}
