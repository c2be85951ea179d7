package firstspike.driver.hostarq;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.message.WireException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Random and mutated datagrams with fixed seeds: only counters and typed errors, bounded memory, sessions that live on. */
class HostileDatagramsTest {

    private static final int RANDOM = 100_000;
    private static final int MUTATED = 200_000;
    private static final long MICRO = 1_000;

    @Test
    @DisplayName("W056 100,000 random datagrams to the host: each counted in one counter, the session stays usable")
    void randomToHost() {
        SplittableRandom random = new SplittableRandom(56);
        OneClient client = new OneClient(true).opened();
        long before = client.session.counters().framesReceived();
        for (int i = 0; i < RANDOM; i++) {
            ByteBuffer datagram = random(random);
            HostArqCounters old = client.session.counters();
            client.receive(datagram);
            HostArqCounters seen = client.session.counters();
            if (seen.framesReceived() != old.framesReceived() + 1 || !isOneMore(old, seen)) {
                throw new AssertionError("datagram " + i + ": " + Datagrams.hex(datagram) + " " + old + " " + seen);
            }
        }
        assertThat(client.session.counters().framesReceived()).isEqualTo(before + RANDOM);
        client.delivered.clear();
        int next = Frames.SEQUENCES - 1 & client.nextExpected();
        client.receive(Datagrams.data(255, next, Frames.WORDS, 42));
        assertThat(client.delivered).containsExactly(new long[] {Frames.WORDS, 42});
        assertThat(client.failure()).isNull();
    }

    private static boolean isOneMore(HostArqCounters old, HostArqCounters seen) {
        return seen.framesAccepted() + seen.duplicates() + seen.dropped() + seen.acksReceived()
                == 1 + old.framesAccepted() + old.duplicates() + old.dropped() + old.acksReceived();
    }

    @Test
    @DisplayName(
            "W056 100,000 random datagrams to both ports of the endpoint, from its peer and others: it stays usable")
    void randomToEndpoint() {
        SplittableRandom random = new SplittableRandom(57);
        VirtualPair pair = new VirtualPair(Impairments.none(), 1, true);
        pair.open();
        for (int i = 0; i < RANDOM; i++) {
            ByteBuffer datagram = random(random);
            HostArqCounters old = pair.endpoint.counters();
            if (random.nextInt(4) == 0) {
                pair.endpoint.reset(pair.peer(), datagram, pair.now());
                expect(pair.endpoint.counters().badReset() == old.badReset() + 1, datagram);
            } else {
                pair.endpoint.datagram(random.nextBoolean() ? pair.peer() : pair.stranger(), datagram, pair.now());
                expect(isOneMore(old, pair.endpoint.counters()), datagram);
            }
        }
        assertThat(pair.exchange(100, 10)).isPositive();
    }

    private static void expect(boolean holds, ByteBuffer datagram) {
        if (!holds) {
            throw new AssertionError("not counted once: " + Datagrams.hex(datagram));
        }
    }

    /** Mostly of random length and content; some with the length of an ACK or a consistent one. */
    private static ByteBuffer random(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(10) == 0 ? 4 : random.nextInt(1501)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    @Test
    void mutatedFramesToHostGiveOnlyCountersAndTypedErrors() {
        SplittableRandom random = new SplittableRandom(200);
        OneClient client = null;
        int failures = 0;
        int openings = 0;
        for (int i = 0; i < MUTATED; i++) {
            if (client == null || client.failure() != null) {
                failures += client == null ? 0 : 1;
                openings++;
                client = new OneClient(openings % 2 == 0);
                client.open();
            }
            client.receive(mutated(random, client.nextExpected()));
            client.sent.clear();
            client.sentAt.clear();
            client.delivered.clear();
            client.runTo(client.now + random.nextInt(40) * MICRO);
        }
        assertThat(failures).as("sessions ended by a typed error").isGreaterThan(10);
    }

    @Test
    void mutatedFramesToEndpointGiveOnlyCounters() {
        SplittableRandom random = new SplittableRandom(201);
        VirtualPair pair = new VirtualPair(Impairments.none(), 3, true);
        EndpointSession endpoint =
                new EndpointSession(OneClient.INFORMATION, (to, bytes, from, length) -> {}, new IgnoredEvents());
        long now = 0;
        for (int i = 0; i < MUTATED; i++) {
            now += random.nextInt(40) * MICRO;
            if (random.nextInt(200) == 0) {
                ByteBuffer reset = Datagrams.reset();
                if (random.nextBoolean()) {
                    reset.put(random.nextInt(4), (byte) random.nextInt());
                }
                endpoint.reset(pair.stranger(), reset, now);
            }
            endpoint.datagram(pair.stranger(), mutated(random, i), now);
            endpoint.deliver(random.nextInt(3));
            if (endpoint.nextWakeNanos() <= now) {
                endpoint.tick(now);
            }
        }
        PairUnderImpairmentTest.consistent(endpoint.counters());
        assertThat(endpoint.counters().framesReceived()).isEqualTo(MUTATED);
        assertThat(endpoint.counters().framesAccepted()).isGreaterThan(1_000);
    }

    /** A plausible frame with up to three bytes changed, cut or lengthened. */
    private static ByteBuffer mutated(SplittableRandom random, int near) {
        int[] types = {Frames.WORDS, Frames.WORDS, Frames.FLUSH, Frames.LOOPBACK, Frames.CONFIGURATION, 0x8003};
        int type = types[random.nextInt(types.length)];
        int seq = near + random.nextInt(-2, 6) & 255;
        long[] words = type == Frames.CONFIGURATION
                ? ConfigurationAnswer.words(OneClient.INFORMATION)
                : random.longs(random.nextInt(random.nextInt(10) == 0 ? 181 : 4))
                        .toArray();
        if (type == Frames.LOOPBACK && words.length > 0 && random.nextBoolean()) {
            words = new long[] {OneClient.LOOPBACK_WORD};
        }
        ByteBuffer frame = random.nextInt(8) == 0
                ? Datagrams.ack(random.nextInt(256))
                : Datagrams.data(random.nextInt(256), type == Frames.CONFIGURATION ? 0 : seq, type, words);
        for (int i = random.nextInt(4); i > 0; i--) {
            if (random.nextInt(4) == 0) {
                int length = Math.max(0, frame.limit() + random.nextInt(-9, 9));
                ByteBuffer other = ByteBuffer.allocate(length);
                other.put(frame.array(), 0, Math.min(length, frame.limit())).clear();
                frame = other;
            } else if (frame.limit() > 0) {
                frame.put(random.nextInt(Math.min(frame.limit(), 44)), (byte) random.nextInt());
            }
        }
        return frame;
    }

    private static final class IgnoredEvents implements EndpointEvents {

        @Override
        public void sessionStarted(int session) {}

        @Override
        public void words(long[] words, int count) {}

        @Override
        public void flushRequested() {}

        @Override
        public void stopped(WireException cause) {}
    }
}
