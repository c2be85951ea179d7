package firstspike.emulator;

import static firstspike.driver.error.UnsupportedOnTargetException.Code.UNSUPPORTED_ON_TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.initialisation.InitialisationOptions;
import firstspike.driver.message.FromFpga;
import firstspike.driver.message.FromFpgaMessage;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.ProgramSource;
import firstspike.emulator.fpga.FpgaTotals.Count;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An emulated FPGA as its host sees it: words in, words out, nothing refused (wire.md 17). */
class FpgaEndpointTest {

    private static final String NOMINAL = "emu:nominal?seed=0";
    private static final int WORD = Bench.PPU_MEMORY;
    private static final int UNMAPPED = 0x7FFF_0000;

    @Test
    @DisplayName("T023 T022 first response of the next program carries Systime, on the wire too")
    void firstResponseCarriesSystime() {
        try (WireBench bench = WireBench.powerOn(NOMINAL)) {
            WireBench.Host host = bench.reset();

            assertThat(host.run(Bench.p0().done())).containsExactly(systime(0), sysdelta(0), WireBench.HALT);
            assertThat(host.run(PlaybackProgram.ofWords(new long[] {ToFpga.tick()})))
                    .containsExactly(systime(125_001), WireBench.TICK, WireBench.HALT);
        }
    }

    @Test
    @DisplayName("T015 timer runs across programs, on the wire too")
    void timerRunsAcrossPrograms() {
        try (WireBench bench = WireBench.powerOn(NOMINAL)) {
            WireBench.Host host = bench.reset();
            host.run(Bench.p0().done());

            PlaybackProgramBuilder builder = PlaybackProgram.builder();
            builder.read(Bench.TIMER);
            assertThat(host.read(builder.barrier(Barrier.OMNIBUS).done())).containsExactly(125_002L);
        }
    }

    @Test
    @DisplayName("W112 the vendor's test program: reset, waits, 2000 ticks, a read, halt, all answered in order")
    void vendorsProgram() {
        try (WireBench bench = WireBench.powerOn(NOMINAL)) {
            PlaybackProgramBuilder builder = PlaybackProgram.builder()
                    .chipReset(true)
                    .timerReset()
                    .waitUntil(10)
                    .chipReset(false)
                    .waitUntil(100);
            for (int i = 0; i < 2000; i++) {
                builder.marker();
            }
            builder.read(Bench.TIMER);

            List<FromFpgaMessage> answers =
                    bench.reset().run(builder.barrier(Barrier.OMNIBUS).done());

            assertThat(answers.subList(0, 2000)).containsOnly(WireBench.TICK);
            assertThat(answers.subList(2000, answers.size()))
                    .extracting(FromFpgaMessage::kind)
                    .containsExactly(FromFpga.Kind.OMNIBUS_RESPONSE, FromFpga.Kind.LOOPBACK_RESPONSE);
        }
    }

    @Test
    @DisplayName("A word that is no instruction stops its session without halt until the next reset frame (D26)")
    void decodeError() {
        try (WireBench bench = WireBench.powerOn(NOMINAL)) {
            WireBench.Host host = bench.reset();
            host.send(ToFpga.tick(), ToFpga.tick(), 0x1000_0000_0000_0000L, ToFpga.tick(), ToFpga.HALT);
            host.send(ToFpga.tick(), ToFpga.HALT);

            assertThat(host.atLeast(2)).containsExactly(WireBench.TICK, WireBench.TICK);
            WireBench.Host next = bench.reset();
            assertThat(next.run(ticks(1))).containsExactly(WireBench.TICK, WireBench.HALT);
            assertThat(host.atLeast(2)).hasSize(2);
            assertThat(bench.total(Count.DECODE_ERRORS)).isOne();
            assertThat(bench.total(Count.BROKEN_OFF)).isOne();
            assertThat(bench.total(Count.PROGRAMS)).isOne();
            assertThat(bench.total(Count.SESSIONS)).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("A JTAG instruction of 2 or 34 bits is no instruction either")
    void jtagOfWrongLength() {
        try (WireBench bench = WireBench.powerOn(NOMINAL)) {
            for (long bits : new long[] {2, 34}) {
                WireBench.Host host = bench.reset();
                host.send(ToFpga.tick(), 3L << 56 | bits << 40, ToFpga.HALT);
                assertThat(host.atLeast(1)).containsExactly(WireBench.TICK);
            }
            assertThat(bench.reset().run(ticks(0))).containsExactly(WireBench.HALT);
            assertThat(bench.total(Count.DECODE_ERRORS)).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("Idle words are dropped, bits of gaps ignored, whatever stands in them")
    void idleWordsAndGaps() {
        try (WireBench bench = WireBench.powerOn(NOMINAL)) {
            WireBench.Host host = bench.reset();
            host.send(-1L, ToFpga.tick() | 0x00ff_ff00L, 1L << 63, ToFpga.HALT | 0x0070L);
            assertThat(host.untilHalt()).containsExactly(WireBench.TICK, WireBench.HALT);
        }
    }

    @Test
    @DisplayName("A reset frame forgets half a program and keeps the chip (D24)")
    void resetKeepsTheChip() {
        try (WireBench bench = WireBench.powerOn(NOMINAL)) {
            WireBench.Host first = bench.initialised();
            first.run(PlaybackProgram.builder().write(WORD, 77).done());
            first.send(ToFpga.omnibusWrite(WORD), ToFpga.omnibusData(78));

            WireBench.Host second = bench.reset();

            assertThat(second.read(read(WORD))).containsExactly(77L);
            assertThat(bench.total(Count.BROKEN_OFF)).isZero();
        }
    }

    @Test
    @DisplayName("A reset frame ends the program that runs, and the next one runs at once")
    void resetEndsWhatRuns() {
        try (WireBench bench = WireBench.powerOn(NOMINAL)) {
            WireBench.Host first = bench.reset();
            // an hour of virtual time, which nobody waits for
            first.send(ProgramSource.of(200, i -> i % 2 == 0 ? ToFpga.timerSetup() : ToFpga.waitUntil(0xffff_ffffL)));

            assertThat(bench.reset().run(ticks(1))).containsExactly(WireBench.TICK, WireBench.HALT);
            assertThat(first.atLeast(0)).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "R134 an instruction that times out: notification and halt on the wire, the rest dropped, the next program runs")
    void timeout() {
        try (WireBench bench = WireBench.powerOn(NOMINAL)) {
            WireBench.Host host = bench.reset();
            long[] words = {
                ToFpga.systimeInit(true),
                ToFpga.barrier(4),
                ToFpga.omnibusRead(WORD),
                ToFpga.barrier(1),
                ToFpga.tick(),
                ToFpga.tick()
            };

            List<FromFpgaMessage> answers = host.run(PlaybackProgram.ofWords(words));

            assertThat(answers)
                    .containsExactly(
                            systime(0),
                            new FromFpgaMessage.Valued(FromFpga.Kind.SYSTIME, 1_250_001),
                            new FromFpgaMessage.TimeoutNotification(3, 0, 1),
                            WireBench.HALT);
            assertThat(host.run(ticks(1)))
                    .endsWith(WireBench.TICK, WireBench.HALT)
                    .hasSize(3);
            assertThat(bench.total(Count.TIMEOUTS)).isOne();
            assertThat(bench.total(Count.PROGRAMS)).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("A value without an address directly before it is not written, and counted (D2)")
    void orphanData() {
        try (WireBench bench = WireBench.powerOn(NOMINAL)) {
            WireBench.Host host = bench.initialised();
            host.send(
                    ToFpga.omnibusWrite(WORD),
                    ToFpga.omnibusData(5),
                    ToFpga.omnibusData(6),
                    ToFpga.omnibusWrite(WORD),
                    ToFpga.tick(),
                    ToFpga.omnibusData(7),
                    ToFpga.HALT);
            host.untilHalt();

            assertThat(host.read(read(WORD))).containsExactly(5L);
            assertThat(bench.total(Count.ORPHAN_DATA)).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("Addresses that no register owns are ignored, read as 0, and counted, whatever the target says")
    void unmapped() {
        try (WireBench bench = WireBench.powerOn(NOMINAL + "&strict_addresses=true")) {
            WireBench.Host host = bench.initialised();
            host.run(PlaybackProgram.builder().write(UNMAPPED, 1).done());

            assertThat(host.read(read(UNMAPPED))).containsExactly(0L);
            assertThat(bench.total(Count.UNMAPPED_WRITES)).isOne();
            assertThat(bench.total(Count.UNMAPPED_READS)).isOne();
        }
    }

    @Test
    @DisplayName("Registers that hardware cannot read back give their word, whatever the target says")
    void unreadable() {
        try (WireBench bench = WireBench.powerOn(NOMINAL + "&strict_readback=true")) {
            WireBench.Host host = bench.initialised();
            int outputs = 0x0010_0000;
            host.run(PlaybackProgram.builder().write(outputs, 0xA5).done());

            assertThat(host.read(PlaybackProgram.ofWords(new long[] {ToFpga.omnibusRead(outputs), ToFpga.barrier(1)})))
                    .containsExactly(0xA5L);
        }
    }

    @Test
    @DisplayName(
            "T167 the start of a plasticity processor is stored and counted on the wire, where no typed error travels")
    void plasticityProcessor() {
        try (WireBench bench = WireBench.powerOn(NOMINAL + "&ppu=refuse")) {
            WireBench.Host host = bench.initialised();

            assertThat(host.run(PlaybackProgram.ofWords(new long[] {
                        ToFpga.omnibusWrite(Bench.PPU_CONTROL), ToFpga.omnibusData(1), ToFpga.barrier(1), ToFpga.tick()
                    })))
                    .endsWith(WireBench.TICK, WireBench.HALT);
            assertThat(host.read(read(Bench.PPU_CONTROL))).containsExactly(1L);
            assertThat(bench.total(Count.PPU_IGNORED)).isOne();
        }
    }

    @Test
    @DisplayName("T260 the program ordinal counts halts since the reset frame, set-up included")
    void ordinal() {
        try (WireBench bench = WireBench.powerOn("emu:varied?seed=1&mismatch=residual")) {
            WireBench.Host host = bench.initialised();
            host.run(TwoNeurons.configuration());
            List<FromFpgaMessage> second = host.run(TwoNeurons.stimulus(4));
            List<FromFpgaMessage> third = host.run(TwoNeurons.stimulus(4));

            WireBench.Host again = bench.initialised();
            again.run(TwoNeurons.configuration());

            assertThat(again.run(TwoNeurons.stimulus(4))).isEqualTo(second).isNotEqualTo(third);
            assertThat(second).extracting(FromFpgaMessage::kind).contains(FromFpga.Kind.SPIKE_PACK_1);
        }
    }

    @Test
    @DisplayName("T222 frames of any size give the same answers")
    void framesOfAnySize() {
        try (WireBench bench = WireBench.powerOn(NOMINAL)) {
            WireBench.Host host = bench.initialised();
            host.run(TwoNeurons.configuration());
            List<FromFpgaMessage> whole = host.run(TwoNeurons.stimulus(3));
            for (long word : TwoNeurons.stimulus(3).words()) {
                host.send(word);
            }
            host.send(ToFpga.HALT);

            List<FromFpgaMessage> single = host.untilHalt();

            assertThat(single).isEqualTo(whole);
            assertThat(whole).hasSizeGreaterThan(10);
        }
    }

    @Test
    @DisplayName("T213 a program longer than the playback memory streams over the wire while the host is held back")
    void streams() {
        long count = 5_000_000;
        try (WireBench bench = WireBench.powerOn(NOMINAL)) {
            WireBench.Host host = bench.reset();
            host.answersWaitForRefusal();

            List<FromFpgaMessage> answers =
                    host.run(ProgramSource.of(count, i -> i % 1000 == 0 ? ToFpga.tick() : ToFpga.waitUntil(0)));

            assertThat(answers).hasSize(5001).endsWith(WireBench.HALT);
            assertThat(bench.total(Count.INSTRUCTIONS)).isEqualTo(count);
            long lastIssue = -Math.floorDiv(-(count - PlaybackProgram.MAX_INSTRUCTIONS) * 83, 10L);
            assertThat(bench.total(Count.UNDERRUN_TICKS)).isEqualTo(lastIssue - (count - 1));
            assertThat(host.refusals()).isPositive();
            assertThat(host.resumes()).isPositive();
        }
    }

    @Test
    @DisplayName("T212 a program that just fits the playback memory is complete before it starts: nothing runs dry")
    void justFits() {
        try (WireBench bench = WireBench.powerOn(NOMINAL)) {
            WireBench.Host host = bench.reset();
            host.send(ProgramSource.of(PlaybackProgram.MAX_INSTRUCTIONS, i -> ToFpga.waitUntil(0)));
            host.send(ToFpga.tick(), ToFpga.HALT);

            assertThat(host.untilHalt()).containsExactly(WireBench.HALT);
            assertThat(host.untilHalt()).containsExactly(WireBench.TICK, WireBench.HALT);
            assertThat(bench.total(Count.UNDERRUN_TICKS)).isZero();
            assertThat(bench.total(Count.PROGRAMS)).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("What a chip cannot do stops its session, counted; a typed error cannot travel")
    void notModelled() throws InterruptedException {
        UnsupportedOnTargetException unsupported = new UnsupportedOnTargetException(
                UNSUPPORTED_ON_TARGET, "a switch", "on", "what this chip has", "leave it off");
        CountDownLatch failing = new CountDownLatch(1);
        try (WireBench bench =
                WireBench.powerOn(NOMINAL, chip -> new WatchedFabric(chip, unsupported, failing::countDown))) {
            WireBench.Host host = bench.reset();
            host.send(Bench.initialisation(InitialisationOptions.standard()));
            assertThat(failing.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(bench.reset().run(ticks(1))).containsExactly(WireBench.TICK, WireBench.HALT);
            assertThat(bench.total(Count.UNSUPPORTED)).isOne();
            assertThat(bench.total(Count.FAULTS)).isZero();
        }
    }

    @Test
    @DisplayName(
            "A fault of the emulator stops its session; chip and FPGA start again from power-on, the next session runs")
    void fault() throws InterruptedException {
        IllegalStateException fault = new IllegalStateException("a fault of the emulator, made for a test");
        CountDownLatch failing = new CountDownLatch(1);
        try (WireBench bench = WireBench.powerOn(NOMINAL, chip -> new WatchedFabric(chip, fault, failing::countDown))) {
            WireBench.Host host = bench.reset();
            host.send(Bench.initialisation(InitialisationOptions.standard()));
            assertThat(failing.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(bench.reset().run(ticks(1))).containsExactly(WireBench.TICK, WireBench.HALT);
            assertThat(bench.total(Count.FAULTS)).isOne();
        }
    }

    @Test
    @DisplayName("Close ends the thread while a program waits for its words")
    void closesWhileAProgramWaits() {
        WireBench bench = WireBench.powerOn(NOMINAL);
        bench.reset().send(ToFpga.tick());
        bench.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("firstspike-fpga") && thread.isAlive());
    }

    private static PlaybackProgram ticks(int count) {
        long[] words = new long[count];
        Arrays.fill(words, ToFpga.tick());
        return PlaybackProgram.ofWords(words);
    }

    private static PlaybackProgram read(int address) {
        return PlaybackProgram.ofWords(new long[] {ToFpga.omnibusRead(address), ToFpga.barrier(1)});
    }

    private static FromFpgaMessage systime(long ticks) {
        return new FromFpgaMessage.Valued(FromFpga.Kind.SYSTIME, ticks);
    }

    private static FromFpgaMessage sysdelta(long ticks) {
        return new FromFpgaMessage.Valued(FromFpga.Kind.SYSDELTA, ticks);
    }
}
