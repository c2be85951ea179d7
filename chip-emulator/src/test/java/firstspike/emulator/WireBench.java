package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.hostarq.WordSender;
import firstspike.driver.initialisation.InitialisationOptions;
import firstspike.driver.link.TargetUri;
import firstspike.driver.message.FromFpga;
import firstspike.driver.message.FromFpgaDecoder;
import firstspike.driver.message.FromFpgaMessage;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.InstructionSource;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ProgramSource;
import firstspike.emulator.digital.ChipFabric;
import firstspike.emulator.digital.WindowedChip;
import firstspike.emulator.fpga.FpgaEndpoint;
import firstspike.emulator.fpga.FpgaTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** An emulated FPGA whose network is a method call: words in frames, answers decoded to messages. */
final class WireBench implements AutoCloseable {

    static final FromFpgaMessage HALT = new FromFpgaMessage.Valued(FromFpga.Kind.LOOPBACK_RESPONSE, 0);
    static final FromFpgaMessage TICK = new FromFpgaMessage.Valued(FromFpga.Kind.LOOPBACK_RESPONSE, 1);

    private static final int FRAME = 180;
    private static final long PATIENCE_S = 30;

    final FpgaEndpoint fpga;

    private WireBench(String target, UnaryOperator<ChipFabric> around) {
        EmulatorOptions options = EmulatorOptions.of(TargetUri.parse(target));
        fpga = new FpgaEndpoint(
                options.fpga(options.model(0)),
                () -> around.apply(new WindowedChip(options.model(0), options.fabric(0), 1)));
    }

    /** An FPGA and a chip at power-on. */
    static WireBench powerOn(String target) {
        return powerOn(target, UnaryOperator.identity());
    }

    /** An FPGA and a chip at power-on with something around each new chip. */
    static WireBench powerOn(String target, UnaryOperator<ChipFabric> around) {
        return new WireBench(target, around);
    }

    /** A host that just sent the reset frame. */
    Host reset() {
        Host host = new Host();
        fpga.sessionStarted(host);
        return host;
    }

    /** A host that initialised the chip. */
    Host initialised() {
        Host host = reset();
        host.run(Bench.initialisation(InitialisationOptions.standard()));
        return host;
    }

    /** Switches the FPGA off, so that everything is counted, and reads a counter. */
    long total(FpgaTotals.Count count) {
        fpga.close();
        return fpga.totals().of(count);
    }

    @Override
    public void close() {
        fpga.close();
    }

    /** The other end of a session. */
    final class Host implements WordSender {

        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final List<FromFpgaMessage> messages = new ArrayList<>();
        private final FromFpgaDecoder decoder = new FromFpgaDecoder(FromFpgaMessage.sink(messages::add));
        private volatile CountDownLatch held = new CountDownLatch(0);
        private int flushes;
        private int resumes;
        private int refusals;

        /** Takes no answer before the FPGA has held it back: however slow this host is, the FPGA becomes full. */
        void answersWaitForRefusal() {
            held = new CountDownLatch(1);
        }

        /** Sends words as they are. */
        void send(long... words) {
            for (int from = 0; from < words.length; from += FRAME) {
                int count = Math.min(FRAME, words.length - from);
                long[] frame = new long[FRAME];
                System.arraycopy(words, from, frame, 0, count);
                frame(frame, count);
            }
        }

        private void frame(long[] words, int count) {
            if (!fpga.ready()) {
                refusals++;
                held.countDown();
                await(fpga::ready);
            }
            fpga.words(words, count);
        }

        /** Sends a program of any length and its halt. */
        void send(ProgramSource program) {
            long[] frame = new long[FRAME];
            int count = 0;
            for (InstructionSource words = program.open(); words.next(); ) {
                frame[count++] = words.word();
                if (count == FRAME) {
                    frame(frame, count);
                    count = 0;
                }
            }
            frame[count++] = ToFpga.HALT;
            frame(frame, count);
        }

        /** Sends a program and its halt, and waits for the halt that comes back. */
        List<FromFpgaMessage> run(ProgramSource program) {
            send(program);
            return untilHalt();
        }

        /** Waits for the next halt. */
        List<FromFpgaMessage> untilHalt() {
            await(() -> messages.contains(HALT));
            lock.lock();
            try {
                int end = messages.indexOf(HALT) + 1;
                List<FromFpgaMessage> taken = List.copyOf(messages.subList(0, end));
                messages.subList(0, end).clear();
                return taken;
            } finally {
                lock.unlock();
            }
        }

        /** Waits until so many messages arrived, and shows them. */
        List<FromFpgaMessage> atLeast(int count) {
            await(() -> messages.size() >= count);
            lock.lock();
            try {
                return List.copyOf(messages);
            } finally {
                lock.unlock();
            }
        }

        /** Runs the words of a builder's program, and says what the reads gave. */
        List<Long> read(PlaybackProgram program) {
            List<Long> values = new ArrayList<>();
            for (FromFpgaMessage message : run(program)) {
                if (message instanceof FromFpgaMessage.Valued answer
                        && answer.kind() == FromFpga.Kind.OMNIBUS_RESPONSE) {
                    values.add(answer.value());
                }
            }
            return values;
        }

        int flushes() {
            return flushes;
        }

        int resumes() {
            return resumes;
        }

        /** Frames that had to wait because the playback memory was full. */
        int refusals() {
            return refusals;
        }

        private void await(BooleanSupplier condition) {
            lock.lock();
            try {
                long left = TimeUnit.SECONDS.toNanos(PATIENCE_S);
                while (!condition.getAsBoolean()) {
                    assertThat(left).as("time left").isPositive();
                    left = changed.awaitNanos(left);
                }
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            } finally {
                lock.unlock();
            }
        }

        private void change(Runnable action) {
            lock.lock();
            try {
                action.run();
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void words(long[] words, int count) {
            try {
                assertThat(held.await(PATIENCE_S, TimeUnit.SECONDS))
                        .as("held back")
                        .isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
            change(() -> decoder.words(words, 0, count));
        }

        @Override
        public void flush() {
            change(() -> flushes++);
        }

        @Override
        public void resume() {
            change(() -> resumes++);
        }
    }
}
