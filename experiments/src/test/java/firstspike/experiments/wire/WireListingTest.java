package firstspike.experiments.wire;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.message.ToFpga;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WireListingTest {

    private static final int UT = 0x0010;
    private static final long HALTED = 0x02L << 56;
    private static final long MARKED = 0x02L << 56 | 1;

    private final List<WireRecord> records = new ArrayList<>();
    private WireTotals totals;

    private List<String> list(Exchange exchange) {
        records.clear();
        WireListing listing = new WireListing(records::add, 1234);
        exchange.datagrams().forEach(listing::datagram);
        listing.finish();
        totals = listing.totals();
        return records.stream().map(WireRecord::text).toList();
    }

    private List<String> messages(Exchange exchange, Direction direction) {
        list(exchange);
        return records.stream()
                .filter(WireRecord.Message.class::isInstance)
                .filter(line -> line.of().orElseThrow() == direction)
                .map(line -> ((WireRecord.Message) line).line().strip().replaceAll(" +", " "))
                .toList();
    }

    @Test
    void aSessionFromItsResetToItsEnd() {
        List<String> lines = list(new Exchange()
                .reset()
                .answer()
                .to(0, 0, 0x8001, 0x1234)
                .from(0, 1, 0x8001, 0x1234)
                .to(1, 1, UT, ToFpga.timerSetup(), ToFpga.tick(), ToFpga.HALT)
                .from(1, 2, UT, 0x05L << 56 | 1000, MARKED, HALTED)
                .ackTo(2)
                .to(2, 2, 0x8000, 0));

        assertThat(lines)
                .containsExactly(
                        "#   0.000000      session 1: 10.0.0.1:40000 resets the FPGA at 10.0.0.2:2001",
                        "#   0.000001 FROM configuration answer: sequence numbers 256, window 128, words 180; version: 1",
                        "#   0.000002 TO   loopback frame 0x0000000000001234",
                        "#   0.000003 FROM loopback frame 0x0000000000001234",
                        "    0.000004 TO     1       0          -  TimerSetup",
                        "    0.000004 TO     1       1          0  marker",
                        "    0.000004 TO     1       2          1  halt",
                        "    0.000005 FROM   2       0       1000  systime 1000",
                        "    0.000005 FROM   2       1       1001  marker",
                        "    0.000005 FROM   2       2       1002  halt",
                        "#   0.000007 TO   flush, the host closes");
        assertThat(totals.errors()).isZero();
        assertThat(totals.messages()).isEqualTo(6);
    }

    @Test
    void eachHaltBeginsAProgram() {
        assertThat(messages(
                        new Exchange().reset().answer().to(0, 0, UT, ToFpga.tick(), ToFpga.HALT, ToFpga.tick()),
                        Direction.TO))
                .containsExactly("0 - marker", "1 - halt", "0 - marker");
        assertThat(messages(new Exchange().reset().answer().from(0, 1, UT, MARKED, HALTED, MARKED), Direction.FROM))
                .containsExactly("0 1 marker", "1 2 halt", "0 1 marker");
        assertThat(records.get(records.size() - 1).json())
                .containsEntry("program", 1L)
                .containsEntry("index", 0L)
                .containsEntry("direction", "from")
                .containsEntry("name", "LoopbackResponse")
                .containsEntry("tick", 1L);
    }

    @Test
    void repeatedFramesAreShownOnceAndEarlyOnesWait() {
        Exchange exchange = new Exchange()
                .reset()
                .answer()
                .to(0, 1, UT, ToFpga.spike(2))
                .to(0, 0, UT, ToFpga.spike(1))
                .again(2)
                .again(3)
                .to(0, 2, UT, ToFpga.spike(3));

        assertThat(messages(exchange, Direction.TO))
                .containsExactly("0 - spikes 0x0001", "1 - spikes 0x0002", "2 - spikes 0x0003");
        assertThat(list(exchange)).anySatisfy(line -> assertThat(line).contains("frame 1 came early"));
        assertThat(list(exchange)).anySatisfy(line -> assertThat(line).contains("frame 0 again"));
        assertThat(totals.repeated()).isEqualTo(2);
        assertThat(((Map<?, ?>) totals.json().get("to")).get("reordered_frames"))
                .isEqualTo(1L);
    }

    @Test
    void aFrameThatOnlyTheOtherSideHasIsNamed() {
        Exchange exchange = new Exchange()
                .reset()
                .answer()
                .to(0, 0, UT, ToFpga.spike(1))
                .to(0, 3, UT, ToFpga.spike(4))
                .ackFrom(3)
                .to(0, 5, UT, ToFpga.spike(6));

        assertThat(messages(exchange, Direction.TO))
                .containsExactly("0 - spikes 0x0001", "0 - spikes 0x0004", "0 - spikes 0x0006");
        assertThat(list(exchange))
                .anySatisfy(line -> assertThat(line).contains("2 frames from 1 on are not in the capture"));
        assertThat(totals.missing()).isEqualTo(3);
    }

    @Test
    void numbersGoRoundFarBeyond256() {
        Exchange exchange = new Exchange().reset().answer();
        for (int i = 0; i < 1000; i++) {
            exchange.to(0, i & 255, UT, ToFpga.spike(i));
        }

        assertThat(messages(exchange, Direction.TO)).hasSize(1000).last().isEqualTo("999 - spikes 0x03e7");
    }

    @Test
    void withoutABeginningTimesAreUnknownUntilTheFpgaSaysOne() {
        Exchange exchange = new Exchange()
                .from(7, 200, UT, 0x0aL << 56 | 0x100005, MARKED, 0x05L << 56 | 300, MARKED)
                .to(200, 8, UT, ToFpga.tick());
        records.clear();
        WireListing listing = new WireListing(records::add, 2000);
        exchange.datagrams().forEach(listing::datagram);
        listing.finish();

        assertThat(records.stream().map(WireRecord::text))
                .containsExactly(
                        "#   0.000000      session 1: 10.0.0.1:40000 and the FPGA at 10.0.0.2:2000; its beginning is not in the"
                                + " capture",
                        "    0.000000 FROM 200       0          -  spikes 0x0005",
                        "    0.000000 FROM 200       1          -  marker",
                        "    0.000000 FROM 200       2        300  systime 300",
                        "    0.000000 FROM 200       3        301  marker",
                        "    0.000001 TO     8       0          -  marker");
        assertThat(list(exchange)).isEmpty();
        assertThat(totals.json()).containsEntry("other_datagrams", 2L);
    }

    @Test
    void framesOfAnEarlierSessionAreDroppedAsTheHostDropsThem() {
        assertThat(messages(
                        new Exchange().reset().from(3, 77, UT, MARKED).answer().from(0, 1, UT, MARKED), Direction.FROM))
                .containsExactly("0 1 marker");
        assertThat(totals.json()).containsEntry("frames_before_the_answer", 1L);
    }

    @Test
    void anUnknownHeaderIsNamedAndTheNextFrameGoesOn() {
        List<String> lines = messages(
                new Exchange()
                        .reset()
                        .answer()
                        .from(0, 1, UT, MARKED, 0x77L << 56, MARKED)
                        .from(0, 2, UT, MARKED),
                Direction.FROM);

        assertThat(lines).containsExactly("0 1 marker", "1 - marker");
        assertThat(totals.errors()).isEqualTo(1);
        assertThat(records.stream().map(WireRecord::text))
                .anySatisfy(
                        line -> assertThat(line).contains("0x7700000000000000").contains("UNKNOWN_HEADER"));
        assertThat(messages(new Exchange().reset().answer().to(0, 0, UT, 0x33L << 56, ToFpga.tick()), Direction.TO))
                .containsExactly("0 - marker");
        assertThat(totals.errors()).isEqualTo(1);
    }

    @Test
    void aStreamThatEndsWithinAMessageIsNamed() {
        list(new Exchange().reset().answer().from(0, 1, UT, 0x0cL << 56 | 1));

        assertThat(totals.errors()).isEqualTo(1);
        assertThat(records.get(records.size() - 1).text()).contains("TRUNCATED");
    }

    @Test
    void responsesOfEveryKind() {
        Exchange exchange = new Exchange()
                .reset()
                .answer()
                .from(
                        0,
                        1,
                        UT,
                        0x05L << 56 | 1000,
                        0x1ffffffffL,
                        0x01L << 56 | 0xcafe,
                        0x03L << 56 | 0x7c,
                        0x04L << 56 | 3L << 39 | 2L << 32 | 9,
                        0x06L << 56 | 99,
                        0x07L << 56 | 0x0a_0402,
                        0x0bL << 56 | 0x0e0001L << 24 | 0x100002,
                        0x0c_100001_0e0002_0cL,
                        0x0003_8000_0000_0000L);

        assertThat(messages(exchange, Direction.FROM))
                .containsExactly(
                        "0 1000 systime 1000",
                        "1 1001 jtag 0x1ffffffff",
                        "2 1002 response 0x0000cafe",
                        "3 1003 link 3 up decode error crc error",
                        "4 1004 timeout of instruction 9, trace stall 2, reads in flight 3",
                        "5 1104 sysdelta 99",
                        "6 1105 samples 2/1@1029",
                        "7 1106 spikes 0x0001@1031 0x0002@1032",
                        "8 1107 spikes 0x0001@1032 0x0002@1031 0x0003@1030");
        assertThat(records).allSatisfy(line -> assertThat(line.json().keySet()).startsWith("schema", "record"));
    }

    @Test
    void hostileDatagramsAreCountedAndMemoryStaysBounded() {
        SplittableRandom random = new SplittableRandom(42);
        Exchange exchange = new Exchange();
        for (int i = 0; i < 400; i++) {
            exchange.add(
                    new InetSocketAddress("10.0.0.9", 1000 + i),
                    new InetSocketAddress("10.0.0.2", 2001),
                    new byte[] {(byte) 0xab, (byte) 0xab, (byte) 0xab, (byte) 0xab});
        }
        for (int i = 0; i < 5_000; i++) {
            byte[] payload = new byte[random.nextInt(40)];
            random.nextBytes(payload);
            boolean frame = payload.length >= 20 && random.nextInt(4) > 0;
            if (frame) {
                payload = java.util.Arrays.copyOf(payload, 20);
                System.arraycopy(new byte[] {0, 0, 0, payload[3], 0, 0, 0, payload[7], 0, 16, 0, 1}, 0, payload, 0, 12);
            }
            InetSocketAddress host = new InetSocketAddress("10.0.0.9", 1000 + random.nextInt(400));
            exchange.add(
                    random.nextBoolean() ? host : Exchange.FPGA, random.nextBoolean() ? host : Exchange.FPGA, payload);
        }

        list(exchange);

        assertThat((Long) totals.json().get("sessions")).isBetween(400L, 410L);
        assertThat((Long) totals.json().get("malformed_datagrams")).isPositive();
    }
}
