package firstspike.experiments.bench;

import firstspike.driver.hostarq.Frames;
import firstspike.driver.link.ResultAssembler;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.message.FromFpgaDecoder;
import firstspike.driver.message.FromFpgaEncoder;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.InstructionSource;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.SpikeTrainWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Speed of the message codec on one thread, results compared: from arrays of ticks and labels to the bytes of frames, and
 * from the bytes of frames to annotated columns of spikes. Nothing is sent.
 */
final class CodecBenchmark {

    private static final String NAME = "codec";
    private static final String UNIT = "M words/s";
    private static final int WARM_UP = 4;
    private static final int TRAIN = 2_000_000;
    private static final int MESSAGES = 4_000_000;
    private static final long FIRST_TICK = 10;
    private static final int NEWEST = 40;

    private final ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    private final int repetitions;
    private final Consumer<Rate> sink;

    CodecBenchmark(boolean quick, Consumer<Rate> sink) {
        this.repetitions = quick ? 5 : 15;
        this.sink = sink;
    }

    void run() {
        encode("ticks and labels to frame bytes, a wait before each spike", 1);
        encode("ticks and labels to frame bytes, a wait before each pack of three", 3);
        decode("frame bytes to spike columns, packs of three and Sysdelta", 3);
        decode("frame bytes to spike columns, single spikes and Sysdelta", 1);
    }

    private void encode(String subject, int spikesPerTick) {
        long[] ticks = new long[TRAIN];
        short[] labels = new short[TRAIN];
        Random random = new Random(1);
        long tick = FIRST_TICK;
        for (int i = 0; i < TRAIN; i++) {
            tick += i % spikesPerTick == 0 ? 2 + random.nextInt(200) : 0;
            ticks[i] = tick;
            labels[i] = (short) random.nextInt();
        }
        // a tick of one pack has a wait and a pack; the timer reset stands in front
        int words = 1 + 2 * ((TRAIN + spikesPerTick - 1) / spikesPerTick);
        byte[] bytes = new byte[frameBytes(words)];
        double[] rates = new double[repetitions];
        double[] ratesOfCore = new double[repetitions];
        for (int i = -WARM_UP; i < repetitions; i++) {
            long cpuStart = thread.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            int end = encode(ticks, labels, bytes);
            double seconds = (System.nanoTime() - start) * 1e-9;
            double cpuSeconds = (thread.getCurrentThreadCpuTime() - cpuStart) * 1e-9;
            if (end != bytes.length) {
                throw new IllegalStateException(
                        "bytes of all frames: " + end + " (expected " + bytes.length + "); this is a bug of the codec");
            }
            if (i >= 0) {
                rates[i] = words / seconds * 1e-6;
                ratesOfCore[i] = words / cpuSeconds * 1e-6;
            }
            compare(bytes, ticks, labels);
        }
        sink.accept(Rate.of(NAME, subject, rates, UNIT, "75 M words/s")
                .with("million_words_per_cpu_second", ofCore(ratesOfCore))
                .with("words", words)
                .with("spikes_compared", (long) TRAIN * (WARM_UP + repetitions)));
    }

    /** Median of the same rate by the time that the thread had a core: on a busy machine the wall says little. */
    private static double ofCore(double[] rates) {
        return Math.round(Rate.of(NAME, "", rates, UNIT, "").median() * 10) / 10.0;
    }

    private static int encode(long[] ticks, short[] labels, byte[] bytes) {
        PlaybackProgramBuilder builder = PlaybackProgram.builder().timerReset();
        SpikeTrainWriter.append(builder, 0, ticks, labels, ticks.length);
        InstructionSource source = builder.done().open();
        long[] frame = new long[Frames.MAX_WORDS];
        int at = 0;
        for (int sequence = 0; ; sequence++) {
            int count = 0;
            while (count < frame.length && source.next()) {
                frame[count++] = source.word();
            }
            if (count == 0) {
                return at;
            }
            at += Frames.encode(bytes, at, 0, sequence & 255, Frames.WORDS, frame, 0, count);
        }
    }

    /** Reads the frames back with the accessors of the words. */
    private static void compare(byte[] bytes, long[] ticks, short[] labels) {
        long[] frame = new long[Frames.MAX_WORDS];
        long next = 0;
        int spike = 0;
        ByteBuffer datagrams = ByteBuffer.wrap(bytes);
        while (datagrams.hasRemaining()) {
            int count = nextFrame(datagrams, frame);
            for (int i = 0; i < count; i++) {
                long word = frame[i];
                int inPack = ToFpga.spikeCount(word);
                if (ToFpga.kind(word) == ToFpga.Kind.WAIT_UNTIL) {
                    next = ToFpga.value(word) + 1;
                }
                for (int k = 0; k < inPack; k++, spike++) {
                    if (ticks[spike] != next || labels[spike] != (short) ToFpga.label(word, k)) {
                        throw new IllegalStateException(
                                "spike " + spike + ": label " + ToFpga.label(word, k) + " at tick "
                                        + next + " (expected " + (labels[spike] & 0xffff) + " at " + ticks[spike]
                                        + "); this is a bug of the codec");
                    }
                }
            }
        }
        if (spike != ticks.length) {
            throw new IllegalStateException(
                    "spikes in the frames: " + spike + " (expected " + ticks.length + "); this is a bug of the codec");
        }
    }

    private static int nextFrame(ByteBuffer datagrams, long[] frame) {
        int size = Frames.HEADER_BYTES + Long.BYTES * Frames.count(datagrams);
        ByteBuffer datagram = datagrams.slice(datagrams.position(), size);
        if (Frames.kind(datagram) != Frames.Kind.DATA) {
            throw new IllegalStateException("frame: " + Frames.kind(datagram) + "; this is a bug of the codec");
        }
        Frames.words(datagram, frame);
        datagrams.position(datagrams.position() + size);
        return Frames.count(datagram);
    }

    private void decode(String subject, int spikesPerMessage) {
        SpikeColumns expected = spikes(spikesPerMessage);
        byte[] bytes = trace(expected, spikesPerMessage);
        long words = 0;
        for (int at = 0; at < bytes.length; at += Frames.MAX_BYTES) {
            words += (Math.min(Frames.MAX_BYTES, bytes.length - at) - Frames.HEADER_BYTES) / Long.BYTES;
        }
        double[] rates = new double[repetitions];
        double[] ratesOfCore = new double[repetitions];
        for (int i = -WARM_UP; i < repetitions; i++) {
            long cpuStart = thread.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            SpikeColumns spikes = decode(bytes);
            double seconds = (System.nanoTime() - start) * 1e-9;
            double cpuSeconds = (thread.getCurrentThreadCpuTime() - cpuStart) * 1e-9;
            if (!spikes.equals(expected)) {
                throw new IllegalStateException(
                        "spikes of the trace: others than were sent; this is a bug of the codec");
            }
            if (i >= 0) {
                rates[i] = words / seconds * 1e-6;
                ratesOfCore[i] = words / cpuSeconds * 1e-6;
            }
        }
        Rate rate = Rate.of(NAME, subject, rates, UNIT, "35 M words/s");
        sink.accept(rate.with("million_words_per_cpu_second", ofCore(ratesOfCore))
                .with("words", words)
                .with("spikes_compared", (long) expected.size() * (WARM_UP + repetitions))
                .with("million_spikes_per_second", Math.round(rate.median() * expected.size() / words * 10) / 10.0));
    }

    private static SpikeColumns spikes(int spikesPerMessage) {
        Random random = new Random(2);
        int size = MESSAGES / 2 * spikesPerMessage;
        short[] label = new short[size];
        byte[] stamp = new byte[size];
        long[] time = new long[size];
        long now = 1000;
        for (int i = 0; i < size; i++) {
            now += i % spikesPerMessage == 0 ? 2 + random.nextInt(256) : 0;
            label[i] = (short) random.nextInt();
            stamp[i] = (byte) (2 * (now - NEWEST - random.nextInt(22)));
            time[i] = now;
        }
        return SpikeColumns.ofTimes(label, stamp, time);
    }

    /** The words of an FPGA that puts a Sysdelta before each message, in frames. */
    private static byte[] trace(SpikeColumns spikes, int spikesPerMessage) {
        FromFpgaEncoder encoder = new FromFpgaEncoder();
        encoder.systime(spikes.fpgaTime(0) - 1);
        event(encoder, spikes, 0, spikesPerMessage);
        for (int i = spikesPerMessage; i < spikes.size(); i += spikesPerMessage) {
            encoder.sysdelta((int) (spikes.fpgaTime(i) - spikes.fpgaTime(i - 1)) - 2);
            event(encoder, spikes, i, spikesPerMessage);
        }
        encoder.loopback(true);
        encoder.flush();
        byte[] bytes = new byte[frameBytes(encoder.count())];
        int at = 0;
        for (int from = 0; from < encoder.count(); from += Frames.MAX_WORDS) {
            int count = Math.min(Frames.MAX_WORDS, encoder.count() - from);
            at += Frames.encode(bytes, at, 0, 0, Frames.WORDS, encoder.words(), from, count);
        }
        return bytes;
    }

    private static void event(FromFpgaEncoder encoder, SpikeColumns spikes, int i, int count) {
        encoder.spikes(
                count, packed(spikes, i), count > 1 ? packed(spikes, i + 1) : 0, count > 2 ? packed(spikes, i + 2) : 0);
    }

    private static int packed(SpikeColumns spikes, int i) {
        return spikes.stamp(i) << 16 | spikes.label(i);
    }

    private static SpikeColumns decode(byte[] bytes) {
        ResultAssembler assembler = new ResultAssembler();
        FromFpgaDecoder decoder = new FromFpgaDecoder(assembler);
        long[] frame = new long[Frames.MAX_WORDS];
        ByteBuffer datagrams = ByteBuffer.wrap(bytes);
        while (datagrams.hasRemaining()) {
            decoder.words(frame, 0, nextFrame(datagrams, frame));
        }
        decoder.finish();
        if (!assembler.halted()) {
            throw new IllegalStateException("halt of the trace: missing; this is a bug of the codec");
        }
        RunResult.Builder result = RunResult.builder();
        assembler.fill(result);
        return result.build().spikes();
    }

    private static int frameBytes(int words) {
        int frames = (words + Frames.MAX_WORDS - 1) / Frames.MAX_WORDS;
        return frames * Frames.HEADER_BYTES + words * Long.BYTES;
    }
}
