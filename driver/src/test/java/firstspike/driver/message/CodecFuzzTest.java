package firstspike.driver.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CodecFuzzTest {

    private final Map<WireException.Code, Integer> errors = new EnumMap<>(WireException.Code.class);
    private final Counter delivered = new Counter();

    @Test
    @DisplayName("W022 a million random words give typed errors only and nothing waits but one message")
    void randomWords() {
        onShortStack(this::offerRandomWords);
    }

    private void offerRandomWords() {
        Random random = new Random(22);
        FromFpgaDecoder from = new FromFpgaDecoder(delivered);
        for (int i = 0; i < 1_000_000; i++) {
            offer(from, random(random));
        }
        assertThat(delivered.messages).isPositive();
        assertThat(errors).containsOnlyKeys(WireException.Code.UNKNOWN_HEADER);
        errors.clear();
        long[] messages = new long[1];
        ToFpgaDecoder to = new ToFpgaDecoder(message -> messages[0]++);
        for (int i = 0; i < 100_000; i++) {
            offer(to, random(random));
        }
        assertThat(messages[0]).isPositive();
        assertThat(errors).containsOnlyKeys(WireException.Code.UNKNOWN_HEADER, WireException.Code.FIELD_RANGE);
    }

    /** One word in 32 is uniform; the others have a header below 13: else one in twenty would get anywhere. */
    private static long random(Random random) {
        long word = random.nextLong();
        return random.nextInt(32) == 0 ? word : word & (1L << 56) - 1 | (long) random.nextInt(13) << 56;
    }

    @Test
    @DisplayName("W022 200,000 mutated words of valid streams, both directions")
    void mutatedWords() {
        onShortStack(this::offerMutatedWords);
    }

    private void offerMutatedWords() {
        Random random = new Random(200);
        FromFpgaDecoder from = new FromFpgaDecoder(delivered);
        FromFpgaEncoder encoder = new FromFpgaEncoder();
        ToFpgaDecoder to = new ToFpgaDecoder(message -> {});
        for (int words = 0; words < 200_000; ) {
            encoder.clear();
            for (int i = 0; i < 20; i++) {
                RandomMessages.fromFpga(random).sendTo(encoder);
            }
            encoder.flush();
            long[] stream = Arrays.copyOf(encoder.words(), encoder.count());
            mutate(stream, random);
            for (long word : stream) {
                offer(from, word);
            }
            words += stream.length;
        }
        for (int words = 0; words < 200_000; words++) {
            offer(to, RandomMessages.toFpga(random).word() ^ 1L << random.nextInt(64));
        }
        assertThat(errors).containsOnlyKeys(WireException.Code.UNKNOWN_HEADER, WireException.Code.FIELD_RANGE);
    }

    /** Flips a bit, doubles, drops or swaps words: what a broken link could do. */
    private static void mutate(long[] stream, Random random) {
        int at = random.nextInt(stream.length);
        int other = random.nextInt(stream.length);
        long word = stream[at];
        switch (random.nextInt(4)) {
            case 0 -> stream[at] ^= 1L << random.nextInt(64);
            case 1 -> stream[at] = stream[other];
            case 2 -> stream[at] = random.nextLong();
            default -> {
                stream[at] = stream[other];
                stream[other] = word;
            }
        }
    }

    @Test
    @DisplayName("W022 200,000 messages with fields beyond their ranges are encoded or refused, never garbled")
    void mutatedMessages() {
        onShortStack(this::encodeMutatedMessages);
    }

    private void encodeMutatedMessages() {
        Random random = new Random(201);
        FromFpgaEncoder encoder = new FromFpgaEncoder();
        FromFpgaDecoder decoder = new FromFpgaDecoder(delivered);
        long accepted = 0;
        for (int i = 0; i < 200_000; i++) {
            encoder.reset();
            try {
                wild(encoder, random);
                accepted++;
            } catch (WireException e) {
                if (e.code() != WireException.Code.FIELD_RANGE || encoder.count() + encoder.pendingBits() > 0) {
                    throw new AssertionError("message " + i + " of seed 201 was half encoded", e);
                }
            }
            encoder.flush();
            decoder.words(encoder.words(), 0, encoder.count());
            decoder.finish();
            if (delivered.messages != accepted) {
                throw new AssertionError("message " + i + " of seed 201 was garbled");
            }
        }
        assertThat(accepted).isBetween(100_000L, 190_000L);
    }

    private static void wild(FromFpgaEncoder encoder, Random random) {
        long value =
                random.nextLong() >> 16 + random.nextInt(48) & (random.nextInt(8) == 0 ? -1 : Long.MAX_VALUE >> 21);
        int small = random.nextInt() >> random.nextInt(32) & (random.nextInt(8) == 0 ? -1 : 63);
        switch (random.nextInt(8)) {
            case 0 -> encoder.systime(value);
            case 1 -> encoder.sysdelta(small);
            case 2 -> encoder.jtag(value);
            case 3 -> encoder.omnibus(small);
            case 4 -> encoder.linkNotification(small);
            case 5 -> encoder.timeout(value, small, random.nextInt(80));
            case 6 -> encoder.spikes(random.nextInt(5), random.nextInt() >>> 8, small, random.nextInt(1 << 24));
            default -> encoder.samples(random.nextInt(5), random.nextInt(0xff4000), small, random.nextInt(64));
        }
    }

    /** Below the many frames of the test engine the stack traces of all the errors would take most of the time. */
    private static void onShortStack(Runnable test) {
        CompletableFuture.runAsync(test, task -> new Thread(task).start()).join();
    }

    private void offer(FromFpgaDecoder decoder, long word) {
        try {
            decoder.word(word);
            if (decoder.pendingBits() > Long.SIZE) {
                throw new AssertionError(decoder.pendingBits() + " bits wait");
            }
        } catch (WireException e) {
            errors.merge(e.code(), 1, Integer::sum);
            decoder.reset();
        }
    }

    private void offer(ToFpgaDecoder decoder, long word) {
        try {
            decoder.word(word);
        } catch (WireException e) {
            errors.merge(e.code(), 1, Integer::sum);
            decoder.reset();
        }
    }

    /** Counts what arrives and checks that every field is in its range. */
    private static final class Counter implements TraceMessages {

        private long messages;

        private void take(boolean inRange) {
            messages++;
            if (!inRange) {
                throw new AssertionError("field out of range in message " + messages);
            }
        }

        @Override
        public void systime(long ticks) {
            take(ticks >= 0 && ticks <= FromFpga.MAX_TIME);
        }

        @Override
        public void sysdelta(int ticks) {
            take((ticks & ~255) == 0);
        }

        @Override
        public void jtag(long value) {
            take(value >>> 33 == 0);
        }

        @Override
        public void omnibus(int value) {
            take(true);
        }

        @Override
        public void loopback(boolean halt) {
            take(true);
        }

        @Override
        public void linkNotification(int bits) {
            take((bits & ~255) == 0);
        }

        @Override
        public void timeout(long index, int traceStall, int omnibusReads) {
            take(index >>> 32 == 0 && (traceStall & ~127) == 0 && (omnibusReads & ~63) == 0);
        }

        @Override
        public void spikes(int count, int first, int second, int third) {
            take(count >= 1 && count <= 3 && ((first | second | third) & ~FromFpga.EVENT_MASK) == 0);
        }

        @Override
        public void samples(int count, int first, int second, int third) {
            take(count >= 1 && count <= 3 && ((first | second | third) & ~FromFpga.SAMPLE_MASK) == 0);
        }
    }
}
