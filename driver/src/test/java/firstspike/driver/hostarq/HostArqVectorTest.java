package firstspike.driver.hostarq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.driver.message.WireException;
import firstspike.driver.vectors.VectorFiles;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every vector of the groups about frames, windows and handshake; a failure names the vector. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostArqVectorTest {

    private static final long MICRO = 1_000;

    private JsonNode vectors;

    @BeforeAll
    void read() {
        vectors = VectorFiles.read("wire.json").get("vectors");
    }

    @Test
    @DisplayName("W050 vectors packetize; no words give no packet")
    void packetize() {
        all("packetize", HostArqVectorTest::packetize);
    }

    @Test
    @DisplayName("W051 vectors frame_encode, FRAME_LENGTH and FIELD_RANGE included")
    void encode() {
        all("frame_encode", HostArqVectorTest::encode);
    }

    @Test
    @DisplayName("W052 vectors frame_decode, with the reasons to drop")
    void decode() {
        all("frame_decode", HostArqVectorTest::decode);
    }

    @Test
    @DisplayName("W057 vectors limits")
    void limits() {
        all("limits", (in, out) -> {
            LinkBudget budget = LinkBudget.ofWords(in.get("programWords").asLong());
            assertThat(budget.frames()).isEqualTo(out.get("frames").asLong());
            assertThat(budget.ethernetWireBytes())
                    .isEqualTo(out.get("ethernetWireBytes").asLong());
            assertThat(budget.minTransferUs())
                    .isEqualTo(out.get("minTransferUs").asDouble());
            assertThat(budget.fitsPlaybackMemory())
                    .isEqualTo(out.get("fitsPlaybackMemory").asBoolean());
        });
    }

    @Test
    @DisplayName("W060 vectors handshake: result, or code with field and value")
    void handshake() {
        all("handshake", HostArqVectorTest::handshake);
    }

    @Test
    @DisplayName("W080 vectors tx_window, with and without congestion control")
    void send() {
        all("tx_window", HostArqVectorTest::send);
    }

    @Test
    @DisplayName("W090 vectors rx_window")
    void receive() {
        all("rx_window", HostArqVectorTest::receive);
    }

    @Test
    @DisplayName("W091 vectors deliver")
    void deliver() {
        all("deliver", HostArqVectorTest::deliver);
    }

    @Test
    @DisplayName("W092 vectors ack_timing")
    void acknowledge() {
        all("ack_timing", HostArqVectorTest::acknowledge);
    }

    @FunctionalInterface
    private interface Check {
        void check(JsonNode in, JsonNode out);
    }

    private void all(String group, Check check) {
        List<JsonNode> chosen = StreamSupport.stream(vectors.spliterator(), false)
                .filter(vector -> vector.get("group").asText().equals(group))
                .toList();
        assertThat(chosen).as("vectors of group " + group).isNotEmpty();
        assertAll(chosen.stream().map(vector -> () -> {
            try {
                check.check(vector.get("in"), vector.get("out"));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        vector.get("id") + " " + vector.path("note").asText(), e);
            }
        }));
    }

    private static void packetize(JsonNode in, JsonNode out) {
        int ptype = in.get("ptype").asInt();
        int firstSeq = in.get("firstSeq").asInt();
        long[] words = in.has("words")
                ? words(in.get("words"))
                : new long[in.get("wordCount").asInt()];
        List<ByteBuffer> frames = new ArrayList<>();
        ArqMachine machine = machine((bytes, from, length) -> frames.add(Datagrams.copy(bytes, from, length)));
        advanceTo(machine, firstSeq, in.get("ack").asInt());
        frames.clear();
        int sent = 0;
        while (sent < words.length) {
            sent += machine.offerAll(ptype, words, sent, words.length - sent);
            machine.pump(0);
            if (sent < words.length || machine.sending().waiting() > 0) {
                machine.datagram(Datagrams.ack(machine.sending().highSequence() + 255 & 255), 0);
            }
        }
        while (machine.sending().waiting() > 0) {
            machine.datagram(Datagrams.ack(machine.sending().highSequence() + 255 & 255), 0);
        }
        assertThat(frames).hasSize(out.get("frameCount").asInt());
        if (out.has("frames")) {
            assertThat(frames.stream().map(Datagrams::hex)).isEqualTo(texts(out.get("frames")));
            return;
        }
        assertThat(frames.stream().mapToInt(ByteBuffer::remaining).sum())
                .isEqualTo(out.get("udpPayloadBytes").asInt());
        LinkBudget budget = LinkBudget.ofWords(words.length);
        assertThat(budget.udpPayloadBytes())
                .isEqualTo(out.get("udpPayloadBytes").asLong());
        assertThat(budget.ethernetWireBytes())
                .isEqualTo(out.get("ethernetWireBytes").asLong());
        if (out.hasNonNull("frameLengths")) {
            assertThat(frames.stream().map(Frames::count)).isEqualTo(integers(out.get("frameLengths")));
        }
        if (!frames.isEmpty()) {
            ByteBuffer last = frames.get(frames.size() - 1);
            assertThat(Frames.count(last)).isEqualTo(out.get("lastLength").asInt());
            assertThat(Frames.seq(frames.get(0))).isEqualTo(out.get("firstSeq").asInt());
            assertThat(Frames.seq(last)).isEqualTo(out.get("lastSeq").asInt());
            assertThat(frames).allSatisfy(frame -> {
                assertThat(Frames.ack(frame)).isEqualTo(in.get("ack").asInt());
                assertThat(Frames.type(frame)).isEqualTo(ptype);
            });
        }
    }

    /** Lets a machine send and receive until its next frame has these numbers. */
    private static void advanceTo(ArqMachine machine, int seq, int ack) {
        for (int i = 0; i < seq; i++) {
            machine.offer(Frames.WORDS, new long[1], 0, 1);
            machine.pump(0);
            machine.datagram(Datagrams.ack(i), 0);
        }
        for (int i = 0; i < (ack + 1) % Frames.SEQUENCES; i++) {
            machine.datagram(Datagrams.data(machine.sending().lowSequence() + 255 & 255, i, Frames.WORDS, 0), 0);
        }
    }

    private static void encode(JsonNode in, JsonNode out) {
        byte[] target = new byte[Frames.MAX_BYTES];
        int length;
        try {
            if (in.has("reset")) {
                target = Frames.reset();
                length = target.length;
            } else if (in.has("ackOnly")) {
                Frames.encodeAck(target, in.get("ack").asInt());
                length = Frames.ACK_BYTES;
            } else {
                long[] words = in.has("words")
                        ? words(in.get("words"))
                        : new long[in.get("wordCount").asInt()];
                length = Frames.encode(
                        target,
                        0,
                        in.get("ack").asInt(),
                        in.get("seq").asInt(),
                        in.get("ptype").asInt(),
                        words,
                        0,
                        words.length);
            }
        } catch (WireException e) {
            assertError(e, out);
            return;
        }
        assertThat(out.has("error")).as("refused").isFalse();
        assertThat(Datagrams.hex(ByteBuffer.wrap(target, 0, length)))
                .isEqualTo(out.get("hex").asText());
        assertThat(length).isEqualTo(out.get("bytes").asInt());
    }

    private static void decode(JsonNode in, JsonNode out) {
        ByteBuffer datagram = Datagrams.ofHex(in.get("hex").asText());
        Frames.Kind kind = Frames.kind(datagram);
        switch (out.get("kind").asText()) {
            case "ack" -> {
                assertThat(kind).isEqualTo(Frames.Kind.ACK);
                assertThat(Frames.ack(datagram)).isEqualTo(out.get("ack").asInt());
            }
            case "data" -> {
                assertThat(kind).isEqualTo(Frames.Kind.DATA);
                assertThat(Frames.isSequence(Frames.ack(datagram))).isEqualTo(out.hasNonNull("ack"));
                if (out.hasNonNull("ack")) {
                    assertThat(Frames.ack(datagram)).isEqualTo(out.get("ack").asInt());
                } else {
                    ArqCounters counters = new ArqCounters();
                    new ArqMachine("peer", true, (bytes, from, length) -> {}, counters).datagram(datagram, 0);
                    assertThat(out.get("counter").asText()).isEqualTo("ACK_RANGE");
                    assertThat(counters.snapshot().acksIgnored()).isEqualTo(1);
                }
                assertThat(Frames.seq(datagram)).isEqualTo(out.get("seq").asInt());
                assertThat(Frames.type(datagram)).isEqualTo(out.get("ptype").asInt());
                assertThat(Datagrams.words(datagram)).isEqualTo(words(out.get("words")));
            }
            default -> assertThat(kind.name()).isEqualTo(out.get("reason").asText());
        }
    }

    private static void handshake(JsonNode in, JsonNode out) {
        OneClient client = new OneClient(true);
        client.open();
        in.get("frames").forEach(frame -> client.receive(Datagrams.ofHex(frame.asText())));
        client.echoLoopback();
        client.runUntilSettled();
        if (out.hasNonNull("error")) {
            assertError(client.failure(), out);
            return;
        }
        assertThat(client.failure()).isNull();
        assertThat(out.get("maxNrFrames").asInt()).isEqualTo(Frames.SEQUENCES);
        assertThat(out.get("maxWinSize").asInt()).isEqualTo(Frames.WINDOW);
        assertThat(out.get("maxPduWords").asInt()).isEqualTo(Frames.MAX_WORDS);
        assertThat(client.information())
                .isEqualTo(new BitfileInformation(
                        out.get("version").asInt(),
                        out.get("compatibleUntil").asInt(),
                        out.get("info").asText()));
    }

    private static void send(JsonNode in, JsonNode out) {
        CongestionControl congestion =
                new CongestionControl(in.get("congestionControl").asBoolean());
        assertThat(in.get("rtoUs").asLong() * MICRO).isEqualTo(ResendTimer.LEAST_NANOS);
        SendWindow window = new SendWindow("peer", congestion, new ArqCounters());
        List<Integer> left = new ArrayList<>();
        DatagramSink sink = (bytes, from, length) ->
                left.add(Frames.seq(ByteBuffer.wrap(bytes, from, length).slice()));
        Iterator<JsonNode> results = out.get("results").iterator();
        for (JsonNode op : in.get("ops")) {
            JsonNode result = results.next();
            left.clear();
            switch (op.get("op").asText()) {
                case "send" -> {
                    boolean accepted = window.isOpen();
                    if (accepted) {
                        window.offer(Frames.WORDS, new long[1], 0, 1);
                        window.transmit(255, op.get("t").asLong() * MICRO, sink);
                        assertThat(left).containsExactly(result.get("seq").asInt());
                    }
                    assertThat(accepted).isEqualTo(result.get("accepted").asBoolean());
                }
                case "ack" -> {
                    int released = window.acknowledge(op.get("ack").asInt(), 0);
                    assertThat(released).isEqualTo(result.get("released").asInt());
                    assertThat(released == 0).isEqualTo(result.get("ignored").asBoolean());
                }
                default -> {
                    window.scan(255, op.get("t").asLong() * MICRO, sink);
                    assertThat(left).isEqualTo(integers(result.get("resend")));
                }
            }
            assertThat(window.lowSequence()).isEqualTo(result.get("low").asInt());
            assertThat(window.highSequence()).isEqualTo(result.get("high").asInt());
            if (result.has("cwndBytes")) {
                assertThat(congestion.windowBytes())
                        .isEqualTo(result.get("cwndBytes").asInt());
                assertThat(congestion.thresholdBytes() / Frames.MAX_BYTES)
                        .isEqualTo(result.get("ssthreshFrames").asInt());
                assertThat(congestion.congested())
                        .isEqualTo(result.get("congested").asBoolean());
            }
        }
    }

    private static void receive(JsonNode in, JsonNode out) {
        ReceiveWindow window = new ReceiveWindow();
        Iterator<JsonNode> results = out.get("results").iterator();
        for (JsonNode seq : in.get("seqs")) {
            JsonNode result = results.next();
            ReceiveWindow.Outcome outcome = window.offer(Datagrams.data(255, seq.asInt(), Frames.WORDS, seq.asInt()));
            assertThat(outcome != ReceiveWindow.Outcome.DUPLICATE)
                    .isEqualTo(result.get("accepted").asBoolean());
            List<Integer> released = new ArrayList<>();
            while (window.take((type, words, count) -> released.add((int) words[0]))) {
                // collects
            }
            assertThat(released).isEqualTo(integers(result.get("released")));
            assertThat(window.nextSequence()).isEqualTo(result.get("low").asInt());
            assertThat(window.ack()).isEqualTo(result.get("ack").asInt());
        }
    }

    private static void deliver(JsonNode in, JsonNode out) {
        ArqCounters counters = new ArqCounters();
        ArqMachine machine = new ArqMachine("peer", true, (bytes, from, length) -> {}, counters);
        Iterator<JsonNode> expected = out.get("delivered").iterator();
        int[] seq = new int[1];
        for (JsonNode frame : in.get("frames")) {
            machine.datagram(Datagrams.ofHex(frame.asText()), 0);
            while (machine.take((type, words, count) -> {
                JsonNode next = expected.next();
                assertThat(seq[0]++ & 255).isEqualTo(next.get("seq").asInt());
                assertThat(type).isEqualTo(next.get("ptype").asInt());
                assertThat(java.util.Arrays.copyOf(words, count)).isEqualTo(words(next.get("words")));
            })) {
                // compares
            }
        }
        assertThat(expected.hasNext()).as("frames missing").isFalse();
        assertThat(machine.receiving().ack()).isEqualTo(out.get("finalAck").asInt());
        assertThat(IntStream.range(0, Frames.SEQUENCES)
                        .filter(machine.receiving()::holds)
                        .boxed())
                .isEqualTo(integers(out.get("heldSeqs")));
        HostArqCounters seen = counters.snapshot();
        assertThat(Map.of(
                        "accepted", seen.framesAccepted(),
                        "duplicate", seen.duplicates(),
                        "dropped", seen.dropped(),
                        "ackOnly", seen.acksReceived()))
                .allSatisfy((name, count) -> assertThat(count)
                        .as(name)
                        .isEqualTo(out.get("counters").get(name).asLong()));
    }

    private static void acknowledge(JsonNode in, JsonNode out) {
        assertThat(in.get("delayUs").asLong() * MICRO).isEqualTo(AckTimer.DELAY_NANOS);
        AckTimer timer = new AckTimer();
        List<String> emitted = new ArrayList<>();
        for (JsonNode event : in.get("events")) {
            long t = event.get("t").asLong();
            emitBefore(timer, t * MICRO, emitted);
            switch (event.get("kind").asText()) {
                case "data", "dup", "late" -> timer.received(t * MICRO);
                case "send" -> {
                    timer.sent(t * MICRO);
                    emitted.add(t + " piggyback");
                }
                default -> assertThat(event.get("kind").asText()).isEqualTo("ackonly");
            }
            emitBefore(timer, t * MICRO + 1, emitted);
        }
        emitBefore(timer, Long.MAX_VALUE, emitted);
        List<String> expected = new ArrayList<>();
        out.get("emitted")
                .forEach(emission -> expected.add(
                        emission.get("t").asLong() + " " + emission.get("kind").asText()));
        assertThat(emitted).isEqualTo(expected);
    }

    private static void emitBefore(AckTimer timer, long end, List<String> emitted) {
        long due = timer.dueNanos();
        if (due < end) {
            assertThat(timer.isDue(due)).isTrue();
            assertThat(timer.isDue(due - 1)).isFalse();
            timer.sent(due);
            emitted.add(due / MICRO + " ack");
        }
    }

    private static void assertError(WireException error, JsonNode out) {
        assertThat(error).as("error").isNotNull();
        assertThat(error.code().name()).isEqualTo(out.get("error").asText());
        for (String key : List.of("field", "value", "min", "max", "expected")) {
            if (out.has(key)) {
                String seen = error.detail().fields().get(key);
                if (seen == null) {
                    seen = key.equals("field")
                            ? error.detail().thing()
                            : error.detail().value();
                }
                assertThat(seen).as(key).isEqualTo(out.get(key).asText());
            }
        }
    }

    private static ArqMachine machine(DatagramSink sink) {
        return new ArqMachine("peer", false, sink, new ArqCounters());
    }

    private static long[] words(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToLong(word -> Long.parseUnsignedLong(word.asText().substring(2), 16))
                .toArray();
    }

    private static List<Integer> integers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
