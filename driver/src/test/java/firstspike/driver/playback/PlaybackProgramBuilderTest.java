package firstspike.driver.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.link.RunResult;
import firstspike.driver.message.ToFpga;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PlaybackProgramBuilderTest {

    private static final int WORD = 0x0280_0007;

    @Test
    @DisplayName("T010 the largest wait is accepted, one more is refused with both numbers")
    void largestWait() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder().waitUntil(4_294_967_295L);

        assertThatThrownBy(() -> builder.waitUntil(4_294_967_296L))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("TIME_OUT_OF_RANGE", error -> ((ChipException) error).code())
                .hasMessageContaining("4294967296")
                .hasMessageContaining("4294967295");
        assertThat(builder.instructionCount()).isEqualTo(1);
    }

    @Test
    @DisplayName("T012 a wait without a timer reset is noted once")
    void waitWithoutReset() {
        PlaybackProgram program =
                PlaybackProgram.builder().waitUntil(10).waitUntil(20).done();

        assertThat(program.notes()).extracting("name").containsExactly("timer-not-reset");
    }

    @Test
    @DisplayName("T014 pause(0) costs nothing, pause(1) two instructions")
    void pauses() {
        assertThat(PlaybackProgram.builder().pause(0).instructionCount()).isZero();
        assertThat(PlaybackProgram.builder().pause(1).instructionCount()).isEqualTo(2);
    }

    @Test
    @DisplayName("T037 decimal times become ticks half to even, negative and NaN are refused")
    void secondsToTicks() {
        assertThat(Ticks.ofSeconds(0).value()).isZero();
        assertThat(Ticks.ofMicros(1).value()).isEqualTo(125);
        assertThat(Ticks.ofMicros(0.1).value()).isEqualTo(12);
        assertThat(Ticks.ofNanos(12).value()).isEqualTo(2);
        assertThat(Ticks.ofNanos(4).value()).isZero();
        assertThat(Ticks.ofNanos(20).value()).isEqualTo(2);
        assertThatThrownBy(() -> Ticks.ofNanos(-1))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("TIME_OUT_OF_RANGE", error -> ((ChipException) error).code());
        assertThatThrownBy(() -> Ticks.ofSeconds(Double.NaN))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("TIME_OUT_OF_RANGE", error -> ((ChipException) error).code());
    }

    @Test
    @DisplayName("T064 JTAG scaler range")
    void jtagScaler() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder().jtagScaler(0).jtagScaler(255);

        assertThatThrownBy(() -> builder.jtagScaler(256))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("MALFORMED_REQUEST", error -> ((ChipException) error).code());
        assertThatThrownBy(() -> builder.jtagScaler(-1))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("MALFORMED_REQUEST", error -> ((ChipException) error).code());
    }

    @Test
    @DisplayName("T073 T075 a read without a barrier gets one, with a note; a barrier that is there suffices")
    void automaticBarrier() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        builder.read(WORD);
        PlaybackProgram closed = builder.done();
        builder.systimeSync(true).barrier(Barrier.SYSTIME).timerReset().read(WORD);
        PlaybackProgram explicit = builder.barrier(Barrier.OMNIBUS).done();

        assertThat(closed.size()).isEqualTo(2);
        assertThat(closed.notes()).extracting("text").containsExactly("added-barrier OMNIBUS");
        assertThat(explicit.size()).isEqualTo(5);
        assertThat(explicit.notes()).isEmpty();
        PlaybackProgramBuilder strict = PlaybackProgram.builder().strict();
        strict.read(WORD);
        assertThatThrownBy(strict::done)
                .isInstanceOf(ProgramRejectedException.class)
                .returns("MISSING_BARRIER", error -> ((ChipException) error).code());
    }

    @Test
    @DisplayName("T171 instruction counts")
    void instructionCounts() {
        assertThat(PlaybackProgram.builder().write(WORD, 1).instructionCount()).isEqualTo(2);
        assertThat(counted(builder -> builder.read(WORD))).isEqualTo(1);
        assertThat(counted(builder -> builder.readOverJtag(WORD))).isEqualTo(6);
        assertThat(counted(PlaybackProgramBuilder::readJtagIdCode)).isEqualTo(2);
        assertThat(counted(PlaybackProgramBuilder::marker)).isEqualTo(1);
        assertThat(PlaybackProgram.builder().spikes(1, 2, 3, 4).instructionCount())
                .isEqualTo(2);
    }

    private static int counted(java.util.function.Consumer<PlaybackProgramBuilder> body) {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        body.accept(builder);
        return builder.instructionCount();
    }

    @Test
    @DisplayName("T173 done empties the builder")
    void doneTwice() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder().write(WORD, 1);
        PlaybackProgram first = builder.done();
        PlaybackProgram second = builder.done();

        assertThat(first.size()).isEqualTo(2);
        assertThat(second.size()).isZero();
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    @DisplayName("T174 T176 T177 append keeps the order and empties the other; itself is refused, empty is legal")
    void append() {
        PlaybackProgramBuilder a = PlaybackProgram.builder();
        a.read(WORD);
        PlaybackProgramBuilder b = PlaybackProgram.builder().write(WORD, 5);

        a.append(b);

        assertThat(b.isEmpty()).isTrue();
        assertThatThrownBy(() -> a.append(a)).isInstanceOf(IllegalArgumentException.class);
        assertThat(a.append(PlaybackProgram.builder()).instructionCount()).isEqualTo(3);
        assertThat(PlaybackProgram.builder().append(a).done().words())
                .startsWith(ToFpga.omnibusRead(WORD), ToFpga.omnibusWrite(WORD), ToFpga.omnibusData(5));
    }

    @Test
    @DisplayName("T178 prepend moves to the front; tickets on both sides keep their words")
    void prepend() {
        PlaybackProgramBuilder a = PlaybackProgram.builder();
        Ticket<Integer> own = a.read(WORD);
        PlaybackProgramBuilder b = PlaybackProgram.builder();
        Ticket<Integer> first = b.read(WORD + 1);
        Ticket<Integer> second = b.read(WORD + 2);

        a.prepend(b);

        RunResult result = omnibus(10, 20, 30);
        assertThat(result.get(first)).isEqualTo(10);
        assertThat(result.get(second)).isEqualTo(20);
        assertThat(result.get(own)).isEqualTo(30);
    }

    @Test
    @DisplayName("T179 tickets follow append")
    void ticketsFollowAppend() {
        PlaybackProgramBuilder a = PlaybackProgram.builder();
        Ticket<Integer> x = a.read(WORD);
        PlaybackProgramBuilder b = PlaybackProgram.builder();
        Ticket<Integer> y = b.read(WORD + 1);
        a.append(b);
        Ticket<Integer> z = a.read(WORD + 2);

        RunResult result = omnibus(1, 2, 3);

        assertThat(List.of(result.get(x), result.get(y), result.get(z))).containsExactly(1, 2, 3);
    }

    @Test
    @DisplayName("T181 T182 a copy needs a write-only builder and leaves it unchanged")
    void appendCopy() {
        PlaybackProgramBuilder reads = PlaybackProgram.builder();
        reads.read(WORD);
        PlaybackProgramBuilder target = PlaybackProgram.builder();
        assertThatThrownBy(() -> target.appendCopy(reads))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("NOT_WRITE_ONLY", error -> ((ChipException) error).code());
        assertThat(target.isEmpty()).isTrue();

        PlaybackProgramBuilder writes = PlaybackProgram.builder().write(WORD, 1);
        target.appendCopy(writes).appendCopy(writes);
        assertThat(writes.instructionCount()).isEqualTo(2);
        assertThat(target.instructionCount()).isEqualTo(4);
    }

    @Test
    @DisplayName("T183 lists of unequal length add nothing")
    void mismatchingLists() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();

        assertThatThrownBy(() -> builder.write(new int[3], new int[2])).isInstanceOf(IllegalArgumentException.class);
        assertThat(builder.isEmpty()).isTrue();
    }

    @Test
    @DisplayName("T184 T185 a ticket without a result is not ready, others are, separately")
    void ticketBeforeResult() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        Ticket<Integer> first = builder.read(WORD);
        Ticket<Integer> second = builder.read(WORD);

        RunResult one = omnibus(42);

        assertThat(one.get(first)).isEqualTo(42);
        assertThatThrownBy(() -> one.get(second)).isInstanceOf(TicketNotReadyException.class);
    }

    @Test
    @DisplayName("T192 T193 equal words write nothing, only the word that differs is written")
    void writeDiff() {
        int[] addresses = {WORD, WORD + 1};

        assertThat(PlaybackProgram.builder()
                        .writeDiff(addresses, new int[] {1, 2}, new int[] {1, 2})
                        .isEmpty())
                .isTrue();
        assertThat(PlaybackProgram.builder()
                        .writeDiff(addresses, new int[] {1, 3}, new int[] {1, 2})
                        .done()
                        .words())
                .containsExactly(ToFpga.omnibusWrite(WORD + 1), ToFpga.omnibusData(3));
    }

    @Test
    @DisplayName("T207 repeat equals the unrolled instructions")
    void repeat() {
        PlaybackProgramBuilder unrolled = PlaybackProgram.builder();
        for (int i = 0; i < 1000; i++) {
            unrolled.spike(7).pause(10);
        }

        PlaybackProgram repeated = PlaybackProgram.builder()
                .repeat(1000, body -> body.spike(7).pause(10))
                .done();

        assertThat(repeated).isEqualTo(unrolled.done());
    }

    @Test
    @DisplayName("T209 the text form has a line an instruction, with the timer where it is known")
    void text() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder()
                .systimeSync(true)
                .barrier(Barrier.SYSTIME)
                .timerReset();
        builder.marker();

        List<String> lines = builder.done().toText().lines().map(String::strip).toList();

        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).startsWith("0 ");
        assertThat(lines.get(3)).matches("3\\s+0\\s+marker");
    }

    @Test
    @DisplayName("T212 the playback memory is the limit")
    void sizeLimit() {
        PlaybackProgram full = PlaybackProgram.builder()
                .repeat(PlaybackProgram.MAX_INSTRUCTIONS, body -> body.spike(1))
                .done();
        PlaybackProgramBuilder more =
                PlaybackProgram.builder().repeat(PlaybackProgram.MAX_INSTRUCTIONS + 1, body -> body.spike(1));

        assertThat(full.size()).isEqualTo(4_194_304);
        assertThatThrownBy(more::done)
                .isInstanceOf(ProgramRejectedException.class)
                .returns("PROGRAM_TOO_LARGE", error -> ((ChipException) error).code())
                .hasMessageContaining("4194305")
                .hasMessageContaining("4194304");
    }

    @Test
    void refusesRawWordsThatAreNoMessagesOrHalts() {
        assertThatThrownBy(() -> PlaybackProgram.ofWords(new long[] {0x1000_0000_0000_0000L}))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("MALFORMED_REQUEST", error -> ((ChipException) error).code());
        assertThatThrownBy(() -> PlaybackProgram.ofWords(new long[] {ToFpga.HALT}))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("UNEXPECTED_HALT", error -> ((ChipException) error).code());
        assertThatThrownBy(() -> PlaybackProgram.builder().spike(65_536))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("MALFORMED_REQUEST", error -> ((ChipException) error).code());
    }

    @Test
    void identityIsTheHashOfTheBigEndianWords() {
        assertThat(PlaybackProgram.builder().done().sha256())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(PlaybackProgram.builder().spike(1).done().sha256())
                .isNotEqualTo(PlaybackProgram.builder().spike(2).done().sha256());
    }

    private static RunResult omnibus(long... values) {
        return RunResult.builder()
                .responses(ResponseKind.OMNIBUS, values, new long[values.length])
                .build();
    }

    @Test
    @DisplayName("a strict builder is an ordinary one again for the program after done()")
    void strictEndsWithTheProgram() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder().strict();
        builder.done();

        builder.read(0);

        assertThat(builder.done().notes()).extracting(Note::name).contains("added-barrier");
    }
}
