package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.hostarq.FrameListener;
import firstspike.driver.hostarq.HostArqAddress;
import firstspike.driver.hostarq.HostArqClient;
import firstspike.driver.hostarq.HostArqOptions;
import firstspike.driver.link.ResultAssembler;
import firstspike.driver.message.FromFpgaDecoder;
import firstspike.driver.message.ToFpga;
import firstspike.driver.message.TraceMessages;
import firstspike.driver.message.WireException;
import firstspike.driver.playback.InstructionSource;
import firstspike.driver.playback.ProgramSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A bare client of an emulated FPGA over UDP: words out, a result assembled from what comes back. */
final class UdpHost implements AutoCloseable, FrameListener {

    private static final int UT_WORDS = 0x0010;
    private static final int CHUNK = 180 * 64;
    private static final long PATIENCE_S = 30;

    private final HostArqClient client;
    private final FromFpgaDecoder decoder;
    private final Relay relay = new Relay();

    /** An FPGA on free ports of loopback. */
    static FpgaServer fpga(String target) {
        return FpgaServer.start(
                target, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), OptionalInt.empty(), 1);
    }

    /** Opens a session. */
    UdpHost(FpgaServer fpga) {
        decoder = new FromFpgaDecoder(relay);
        client = HostArqClient.open(
                new HostArqAddress("127.0.0.1", fpga.dataPort(), fpga.resetPort()),
                HostArqOptions.defaults().withCongestionControl(false),
                this);
    }

    /** What the FPGA said of itself. */
    String information() {
        return client.information().text();
    }

    /** Runs a program, and waits for its halt. */
    ResultAssembler run(ProgramSource program) {
        ResultAssembler result = new ResultAssembler();
        run(program, result);
        return result;
    }

    /** Runs a program into an assembler, and waits for its halt. */
    void run(ProgramSource program, ResultAssembler result) {
        CompletableFuture<Void> halted = relay.begin(result);
        send(program);
        try {
            halted.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no halt", e);
        }
    }

    /** Sends a program and its halt. */
    void send(ProgramSource program) {
        long[] chunk = new long[(int) Math.min(CHUNK, program.instructionCount() + 1)];
        int count = 0;
        for (InstructionSource words = program.open(); words.next(); ) {
            chunk[count++] = words.word();
            if (count == chunk.length) {
                client.send(UT_WORDS, chunk, 0, count);
                count = 0;
            }
        }
        if (count == chunk.length) {
            chunk = Arrays.copyOf(chunk, count + 1);
        }
        chunk[count++] = ToFpga.HALT;
        client.send(UT_WORDS, chunk, 0, count);
        client.flush();
    }

    @Override
    public void frame(int packetType, long[] words, int count) {
        assertThat(packetType).isEqualTo(UT_WORDS);
        decoder.words(words, 0, count);
    }

    @Override
    public void failed(WireException cause) {
        relay.failed(cause);
    }

    @Override
    public void close() {
        client.close();
    }

    /** Hands the trace to the assembler of the present run and tells of its halt. */
    private static final class Relay implements TraceMessages {

        private volatile ResultAssembler result;
        private volatile CompletableFuture<Void> halted = new CompletableFuture<>();

        CompletableFuture<Void> begin(ResultAssembler into) {
            CompletableFuture<Void> future = new CompletableFuture<>();
            halted = future;
            result = into;
            return future;
        }

        void failed(WireException cause) {
            halted.completeExceptionally(cause);
        }

        @Override
        public void systime(long ticks) {
            result.systime(ticks);
        }

        @Override
        public void sysdelta(int ticks) {
            result.sysdelta(ticks);
        }

        @Override
        public void jtag(long value) {
            result.jtag(value);
        }

        @Override
        public void omnibus(int value) {
            result.omnibus(value);
        }

        @Override
        public void loopback(boolean halt) {
            result.loopback(halt);
            if (halt) {
                halted.complete(null);
            }
        }

        @Override
        public void linkNotification(int bits) {
            result.linkNotification(bits);
        }

        @Override
        public void timeout(long index, int traceStall, int omnibusReads) {
            result.timeout(index, traceStall, omnibusReads);
        }

        @Override
        public void spikes(int count, int first, int second, int third) {
            result.spikes(count, first, second, third);
        }

        @Override
        public void samples(int count, int first, int second, int third) {
            result.samples(count, first, second, third);
        }
    }
}
