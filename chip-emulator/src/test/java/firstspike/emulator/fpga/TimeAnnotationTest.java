package firstspike.emulator.fpga;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.link.ResultAssembler;
import firstspike.driver.link.RunResult;
import firstspike.driver.message.TraceMessages;
import firstspike.driver.playback.ResponseKind;
import firstspike.emulator.analog.ChipModel;
import firstspike.emulator.analog.Fidelity;
import firstspike.emulator.digital.ChipTiming;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TimeAnnotationTest {

    @Test
    @DisplayName("T028 encoder")
    void encoder() {
        Log log = new Log();
        Trace trace = synchronisedTrace(log, 0);
        for (long due : new long[] {500, 501, 503, 760, 1018}) {
            trace.responses().of(Responses.Kind.LOOPBACK).add(due, 0, 1);
        }
        trace.advance(2000);
        assertThat(log.messages)
                .containsExactly(
                        "Systime 499",
                        "tick",
                        "tick",
                        "Sysdelta 0",
                        "tick",
                        "Sysdelta 255",
                        "tick",
                        "Systime 1017",
                        "tick");
    }

    @Test
    @DisplayName("T023 first response carries Systime")
    void firstResponseCarriesSystime() {
        Log log = new Log();
        Trace trace = synchronisedTrace(log, 0);
        trace.halt(102);
        log.messages.clear();
        trace.programStarted(125_102, 0, 102, log);
        trace.responses().of(Responses.Kind.LOOPBACK).add(125_102, 0, 1);
        trace.halt(125_103);
        assertThat(log.messages).containsExactly("Systime 125101", "tick", "halt");
    }

    @Test
    @DisplayName("T021 a question for the time adds one Systime message")
    void questionForTheTime() {
        Log log = new Log();
        Trace trace = synchronisedTrace(log, 0);
        trace.responses().of(Responses.Kind.SYSTIME).add(2, 0, 0);
        trace.responses().of(Responses.Kind.LOOPBACK).add(3, 0, 1);
        trace.advance(10);
        assertThat(log.messages).containsExactly("Systime 2", "tick");
    }

    @Test
    @DisplayName("R136 unsynchronised answers carry no time messages")
    void unsynchronised() {
        Log log = new Log();
        Trace trace = trace();
        trace.programStarted(0, 0, 0, log);
        trace.responses().of(Responses.Kind.LOOPBACK).add(5, 0, 1);
        trace.responses().of(Responses.Kind.LOOPBACK).add(5000, 0, 1);
        trace.halt(6000);
        assertThat(log.messages).containsExactly("tick", "tick", "halt");
    }

    @Test
    @DisplayName("What the trace stamps is what the host decodes, for random answers and events")
    void decodedTimesAreTheTraceTimes() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            ResultAssembler host = new ResultAssembler();
            long base = random.nextLong() >>> 22;
            Trace trace = synchronisedTrace(host, base);
            long tick = 0;
            List<Long> expected = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                tick += 1 + (random.nextInt(4) == 0 ? random.nextInt(1000) : random.nextInt(3));
                trace.responses().of(Responses.Kind.LOOPBACK).add(tick, 0, 1);
                expected.add(base + tick & (1L << 43) - 1);
            }
            trace.halt(tick + 1);
            RunResult.Builder result = RunResult.builder();
            host.fill(result);
            assertThat(result.build().times(ResponseKind.LOOPBACK))
                    .as("seed " + seed)
                    .containsExactly(
                            expected.stream().mapToLong(Long::longValue).toArray());
        }
    }

    private static Trace trace() {
        return new Trace(ChipTiming.reference(), new EventLoss(ChipModel.of(Fidelity.NOMINAL, 0)));
    }

    private static Trace synchronisedTrace(TraceMessages sink, long base) {
        Trace trace = trace();
        trace.synchronised(0, base);
        trace.programStarted(0, 0, 0, sink);
        return trace;
    }

    private static final class Log implements TraceMessages {

        private final List<String> messages = new ArrayList<>();

        @Override
        public void systime(long ticks) {
            messages.add("Systime " + ticks);
        }

        @Override
        public void sysdelta(int ticks) {
            messages.add("Sysdelta " + ticks);
        }

        @Override
        public void jtag(long value) {
            messages.add("jtag " + value);
        }

        @Override
        public void omnibus(int value) {
            messages.add("omnibus " + value);
        }

        @Override
        public void loopback(boolean halt) {
            messages.add(halt ? "halt" : "tick");
        }

        @Override
        public void linkNotification(int bits) {
            messages.add("link " + bits);
        }

        @Override
        public void timeout(long index, int traceStall, int omnibusReads) {
            messages.add("timeout " + index);
        }

        @Override
        public void spikes(int count, int first, int second, int third) {
            messages.add("spikes " + count);
        }

        @Override
        public void samples(int count, int first, int second, int third) {
            messages.add("samples " + count);
        }
    }
}
