package firstspike.emulator.fpga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.message.ToFpga;
import firstspike.driver.message.WireException;
import firstspike.driver.playback.PlaybackProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The playback memory of an FPGA behind a network, without threads: nothing here ever waits. */
class ProgramFifoTest {

    private static final long TICK = ToFpga.tick();

    private final AtomicInteger madeRoom = new AtomicInteger();
    private final AtomicInteger ranDry = new AtomicInteger();
    private final ProgramFifo fifo = new ProgramFifo(madeRoom::incrementAndGet);
    private final ProgramFeed feed = new ProgramFeed(fifo, ranDry::incrementAndGet);

    @Test
    @DisplayName("Programs come out as they went in, whatever the sizes of frames and batches, each without its halt")
    void programsComeOutAsTheyWentIn() throws InterruptedException {
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            List<List<Long>> programs = new ArrayList<>();
            List<Long> stream = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                List<Long> program = new ArrayList<>();
                int size = random.nextInt(10) == 0 ? random.nextInt(20_000) : random.nextInt(300);
                for (int k = 0; k < size; k++) {
                    program.add(ToFpga.waitUntil(random.nextInt(1 << 20)));
                }
                programs.add(program);
                stream.addAll(program);
                stream.add(ToFpga.HALT);
            }
            for (int from = 0; from < stream.size(); ) {
                int count = Math.min(1 + random.nextInt(ProgramFifo.FRAME), stream.size() - from);
                put(stream.subList(from, from + count).stream()
                        .mapToLong(Long::longValue)
                        .toArray());
                from += count;
            }
            for (List<Long> program : programs) {
                assertThat(fifo.awaitProgram()).isTrue();
                assertThat(fifo.streams()).isFalse();
                feed.begin();
                List<Long> taken = new ArrayList<>();
                while (feed.next()) {
                    assertThat(feed.index()).isEqualTo(taken.size());
                    taken.add(feed.word());
                }
                assertThat(taken).isEqualTo(program);
                assertThat(feed.isCut()).isFalse();
            }
        }
        assertThat(ranDry).hasValue(0);
    }

    @Test
    @DisplayName("T212 T213 a halt behind 2^22 instructions is in time, one instruction later the program streams")
    void border() throws InterruptedException {
        fill(PlaybackProgram.MAX_INSTRUCTIONS - 1);
        assertThat(fifo.hasRoom()).isTrue();
        put(TICK, ToFpga.HALT, TICK, ToFpga.HALT);

        assertThat(fifo.awaitProgram()).isTrue();
        assertThat(fifo.streams()).isFalse();
        assertThat(fifo.hasRoom()).isFalse();
        assertThat(drain()).isEqualTo(PlaybackProgram.MAX_INSTRUCTIONS);
        assertThat(madeRoom).hasPositiveValue();
        assertThat(drain()).isOne();

        fill(PlaybackProgram.MAX_INSTRUCTIONS);
        put(TICK, ToFpga.HALT);
        assertThat(fifo.awaitProgram()).isTrue();
        assertThat(fifo.streams()).isTrue();
        assertThat(drain()).isEqualTo(PlaybackProgram.MAX_INSTRUCTIONS + 1);
    }

    @Test
    @DisplayName("It refuses what does not fit, so that nobody can fill the heap")
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> put(new long[ProgramFifo.FRAME + 1])).isInstanceOf(IllegalStateException.class);
        fill(ProgramFifo.CAPACITY);
        assertThatThrownBy(() -> put(TICK)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName(
            "A word that is no instruction is named with its index and header, idle words counted; what was before it runs")
    void noInstruction() throws InterruptedException {
        put(-1, TICK, -5, TICK, 0x1100_0000_0000_0000L, TICK);
        put(TICK, ToFpga.HALT);

        assertThat(fifo.awaitProgram()).isTrue();
        assertThat(drain()).isEqualTo(2);
        assertThat(feed.isCut()).isTrue();
        assertThat(fifo.awaitProgram()).isFalse();
        WireException failure = fifo.failure().orElseThrow();
        assertThat(failure.code()).isEqualTo(WireException.Code.UNKNOWN_HEADER);
        assertThat(failure.detail().fields()).containsEntry("wordIndex", "4").containsEntry("header", "17");
    }

    @Test
    @DisplayName("Closed, it takes and gives nothing more")
    void closed() throws InterruptedException {
        put(TICK, ToFpga.HALT);
        fifo.close();
        put(TICK, ToFpga.HALT);
        assertThat(fifo.awaitProgram()).isFalse();
        assertThat(drain()).isZero();
        assertThat(feed.isCut()).isTrue();
    }

    @Test
    @DisplayName("What is left of a program that was given up is dropped up to its halt")
    void skips() throws InterruptedException {
        put(TICK, TICK, TICK, ToFpga.HALT, TICK, ToFpga.HALT);
        feed.begin();
        assertThat(feed.next()).isTrue();
        feed.skip();
        assertThat(fifo.awaitProgram()).isTrue();
        assertThat(drain()).isOne();
    }

    private int drain() {
        feed.begin();
        int count = 0;
        while (feed.next()) {
            count++;
        }
        return count;
    }

    private void fill(int count) {
        long[] frame = new long[ProgramFifo.FRAME];
        Arrays.fill(frame, TICK);
        for (int left = count; left > 0; left -= ProgramFifo.FRAME) {
            fifo.put(frame, Math.min(left, ProgramFifo.FRAME));
        }
    }

    private void put(long... words) {
        fifo.put(words, words.length);
    }
}
