package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.link.ResultAssembler;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.ResponseKind;
import firstspike.emulator.fpga.FpgaTotals;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A live emulated FPGA gets streams of mutated frames with mutated instructions in them, session after session, from a host that
 * otherwise follows the protocol; the seed is fixed. It lives on, and the next proper host gets its answers. The system property
 * {@code firstspike.hostile.frames} makes the streams longer.
 */
@Timeout(120)
class HostileHostTest {

    private static final int FRAMES = Integer.getInteger("firstspike.hostile.frames", 4_000);
    private static final int FRAMES_A_SESSION = 400;
    private static final int FRAMES_AHEAD = 100;
    private static final int WORDS = 0x0010;
    private static final int TICKS = 100;

    private final SplittableRandom random = new SplittableRandom(2026);
    private final ByteBuffer answer = ByteBuffer.allocate(2048);
    private int next;
    private int acknowledged;

    @Test
    @DisplayName("mutated frames and instructions into a live FPGA: counted, and the next host is served")
    void livesOn() throws IOException {
        long[] program = words();
        try (FpgaServer fpga = UdpHost.fpga("emu:nominal?seed=1")) {
            long sent = 0;
            while (sent < FRAMES) {
                try (DatagramChannel channel = DatagramChannel.open()) {
                    sent += session(fpga, channel, program);
                }
            }

            assertThat(fpga.counters().framesReceived()).isGreaterThan(FRAMES * 9L / 10);
            assertThat(fpga.counters().dropped()).isGreaterThan(FRAMES / 20);
            assertThat(fpga.counters().unsupportedType()).isPositive();
            assertThat(fpga.totals().of(FpgaTotals.Count.DECODE_ERRORS)).isPositive();
            try (UdpHost host = new UdpHost(fpga)) {
                PlaybackProgramBuilder ticks = PlaybackProgram.builder();
                for (int i = 0; i < TICKS; i++) {
                    ticks.marker();
                }
                ResultAssembler result = host.run(ticks.done());
                assertThat(result.responses(ResponseKind.LOOPBACK)).isEqualTo(TICKS);
                assertThat(result.failure()).isEmpty();
            }
        }
    }

    /** One reset frame and what follows it. */
    private int session(FpgaServer fpga, DatagramChannel channel, long[] program) throws IOException {
        InetSocketAddress data = new InetSocketAddress(InetAddress.getLoopbackAddress(), fpga.dataPort());
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        channel.send(
                ByteBuffer.wrap(new byte[] {(byte) 0xab, (byte) 0xab, (byte) 0xab, (byte) 0xab}),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), fpga.resetPort()));
        next = 0;
        acknowledged = 0xff;
        await(() -> drain(channel));
        int at = random.nextInt(program.length);
        for (int i = 0; i < FRAMES_A_SESSION; i++) {
            int count = 1 + random.nextInt(20);
            long[] words = new long[count];
            for (int k = 0; k < count; k++) {
                words[k] = program[at++ % program.length];
            }
            if (random.nextInt(3) == 0) {
                words[count - 1] = ToFpga.HALT;
            }
            long received = fpga.counters().framesReceived();
            channel.send(mutated(words), data);
            if (i % FRAMES_AHEAD == 0) {
                await(() -> fpga.counters().framesReceived() > received);
                drain(channel);
            }
        }
        return FRAMES_A_SESSION;
    }

    private ByteBuffer mutated(long[] words) {
        if (random.nextInt(4) == 0) {
            words[random.nextInt(words.length)] ^= 1L << random.nextInt(random.nextInt(3) == 0 ? 64 : 56);
        }
        ByteBuffer frame = ByteBuffer.allocate(12 + Long.BYTES * words.length);
        int kind = random.nextInt(10);
        int seq = kind == 0 ? random.nextInt(256) : next;
        int type = kind == 1 ? random.nextInt(1 << 16) : WORDS;
        frame.putInt(acknowledged).putInt(seq).putShort((short) type).putShort((short) words.length);
        frame.asLongBuffer().put(words);
        frame.clear();
        switch (kind) {
            case 2 -> frame.limit(random.nextInt(frame.capacity()));
            case 3 -> frame.put(random.nextInt(12), (byte) random.nextInt());
            default -> next = kind == 0 ? next : next + 1 & 0xff;
        }
        return frame;
    }

    /** Takes what the FPGA sent; whether there was anything. */
    private boolean drain(DatagramChannel channel) {
        boolean any = false;
        try {
            while (channel.receive(answer.clear()) != null) {
                any = true;
                if (answer.flip().limit() > 12 && answer.getInt(4) == (acknowledged + 1 & 0xff)) {
                    acknowledged = acknowledged + 1 & 0xff;
                }
            }
        } catch (IOException e) {
            throw new AssertionError("receiving", e);
        }
        return any;
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        while (!condition.holds()) {
            Thread.onSpinWait();
            Thread.yield();
        }
    }

    private static long[] words() throws IOException {
        try (InputStream in =
                new GZIPInputStream(HostileHostTest.class.getResourceAsStream("/programs/batch.words.gz"))) {
            byte[] bytes = in.readAllBytes();
            long[] words = new long[bytes.length / Long.BYTES];
            ByteBuffer.wrap(bytes).asLongBuffer().get(words);
            return words;
        }
    }
}
