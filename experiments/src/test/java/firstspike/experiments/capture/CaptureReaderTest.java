package firstspike.experiments.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.runtime.error.FormatException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureReaderTest {

    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final byte[] PACKET = CaptureBytes.udp((byte) 1, (byte) 2, (byte) 3);

    @TempDir
    private Path folder;

    private Map<Skipped, Long> skipped = Map.of();
    private boolean truncated;

    private List<Datagram> read(byte[] bytes) throws IOException {
        Path file = folder.resolve("a.pcap");
        Files.write(file, bytes);
        List<Datagram> datagrams = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.open(file)) {
            for (Optional<Datagram> next = reader.next(); next.isPresent(); next = reader.next()) {
                datagrams.add(next.get());
            }
            skipped = reader.skipped();
            truncated = reader.truncated();
            assertThat(reader.datagrams()).isEqualTo(datagrams.size());
        }
        return datagrams;
    }

    private static void isThePacket(List<Datagram> datagrams) {
        assertThat(datagrams).hasSize(1);
        assertThat(datagrams.get(0).payload()).containsExactly(1, 2, 3);
        assertThat(datagrams.get(0).from()).hasToString("/10.0.0.1:5000");
        assertThat(datagrams.get(0).to()).hasToString("/10.0.0.2:1234");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0102030405060708090a0b0c0800",
        "1, 0102030405060708090a0b0c81000001" + "0800",
        "1, 0102030405060708090a0b0c88a80001810000020800",
        "113, 00000001000600000000000000000800",
        "276, 0800000000000001000106000000000000000000",
        "101, ''",
        "12, ''",
        "14, ''",
        "228, ''",
        "0, 02000000",
        "0, 00000002",
        "108, 00000002"
    })
    void findsTheDatagramBehindEachLinkLayer(int linkType, String header) throws IOException {
        byte[] packet = CaptureBytes.behind(HexFormat.of().parseHex(header), PACKET);

        isThePacket(read(CaptureBytes.pcap(ByteOrder.LITTLE_ENDIAN, MICROSECONDS, linkType)
                .record(1, 2, packet)
                .done()));
        isThePacket(read(CaptureBytes.pcapng(ByteOrder.BIG_ENDIAN)
                .describe(linkType, 6)
                .packet(0, 7, packet)
                .done()));
    }

    @ParameterizedTest
    @CsvSource({"LITTLE", "BIG"})
    void timesOfBothResolutionsAndOrders(String name) throws IOException {
        ByteOrder order = name.equals("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;

        long micro = read(CaptureBytes.pcap(order, MICROSECONDS, 101)
                        .record(3, 500, PACKET)
                        .done())
                .get(0)
                .timeNanos();
        long nano = read(CaptureBytes.pcap(order, NANOSECONDS, 101)
                        .record(4_000_000_000L, 500, PACKET)
                        .done())
                .get(0)
                .timeNanos();
        List<Datagram> next = read(CaptureBytes.pcapng(order)
                .describe(101, 9)
                .describe(101, 0x80 | 10)
                .unknownBlock(8)
                .packet(0, 5_000_000_001L, PACKET)
                .packet(1, 3 << 10 | 512, PACKET)
                .simple(PACKET)
                .section()
                .describe(101, 3)
                .packet(0, 77, PACKET)
                .done());

        assertThat(micro).isEqualTo(3_000_500_000L);
        assertThat(nano).isEqualTo(4_000_000_000_000_000_500L);
        assertThat(next.stream().map(Datagram::timeNanos))
                .containsExactly(5_000_000_001L, 3_500_000_000L, 0L, 77_000_000L);
    }

    @Test
    void skipsAndCountsWhatIsNoDatagram() throws IOException {
        byte[] tcp = PACKET.clone();
        tcp[9] = 6;
        byte[] fragment = PACKET.clone();
        fragment[7] = 1;
        byte[] shorter = PACKET.clone();
        shorter[25] = 7;
        byte[] six = PACKET.clone();
        six[0] = 0x65;
        byte[] longer = PACKET.clone();
        longer[3] = 40;
        longer[25] = 20;

        List<Datagram> datagrams = read(CaptureBytes.pcap(ByteOrder.LITTLE_ENDIAN, MICROSECONDS, 101)
                .record(0, 0, tcp)
                .record(0, 0, fragment)
                .record(0, 0, shorter)
                .record(0, 0, six)
                .record(0, 0, longer)
                .record(0, 0, new byte[] {0x45})
                .record(0, 0, new byte[0])
                .record(0, 0, PACKET)
                .done());

        isThePacket(datagrams);
        assertThat(skipped)
                .containsOnly(
                        Map.entry(Skipped.NOT_UDP, 1L),
                        Map.entry(Skipped.FRAGMENT, 1L),
                        Map.entry(Skipped.MALFORMED, 1L),
                        Map.entry(Skipped.NOT_IPV4, 2L),
                        Map.entry(Skipped.CUT_OFF, 2L));
    }

    @Test
    void ofAPcapngOnlyInterfacesOfKnownTypesAreRead() throws IOException {
        isThePacket(read(CaptureBytes.pcapng(ByteOrder.LITTLE_ENDIAN)
                .describe(105, 6)
                .describe(101, 6)
                .packet(0, 1, PACKET)
                .packet(1, 1, PACKET)
                .done()));

        assertThat(skipped).containsOnly(Map.entry(Skipped.LINK_TYPE, 1L));
    }

    @Test
    void theTailOfAKilledWriterIsSaid() throws IOException {
        byte[] whole = CaptureBytes.pcap(ByteOrder.LITTLE_ENDIAN, MICROSECONDS, 101)
                .record(0, 0, PACKET)
                .record(0, 0, PACKET)
                .done();

        isThePacket(read(java.util.Arrays.copyOf(whole, whole.length - 1)));
        assertThat(truncated).isTrue();
        assertThat(read(whole)).hasSize(2);
        assertThat(truncated).isFalse();
    }

    @Test
    void refusesWhatIsNoCapture() throws IOException {
        byte[] otherLink =
                CaptureBytes.pcap(ByteOrder.LITTLE_ENDIAN, MICROSECONDS, 147).done();
        byte[] hugeRecord = CaptureBytes.pcap(ByteOrder.LITTLE_ENDIAN, MICROSECONDS, 101)
                .ints(0, 0, Integer.MAX_VALUE, 0)
                .done();
        byte[] hugeBlock =
                CaptureBytes.pcapng(ByteOrder.LITTLE_ENDIAN).ints(6, 0x7ffffff0).done();
        byte[] noInterface = CaptureBytes.pcapng(ByteOrder.LITTLE_ENDIAN)
                .packet(3, 0, PACKET)
                .done();

        assertThatThrownBy(() -> read(new byte[] {1, 2, 3, 4}))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("0x01020304")
                .hasMessageContaining("pcap");
        assertThatThrownBy(() -> read(new byte[0])).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> read(otherLink))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("link type")
                .hasMessageContaining("147")
                .hasMessageContaining("Ethernet 1");
        assertThatThrownBy(() -> read(hugeRecord))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("2147483647")
                .hasMessageContaining("262144");
        assertThatThrownBy(() -> read(hugeBlock)).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> read(noInterface))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("interface of a packet");
    }

    @Test
    void mutatedFilesGiveTypedErrorsOnly() throws IOException {
        byte[][] files = {
            CaptureBytes.pcap(ByteOrder.BIG_ENDIAN, NANOSECONDS, 1)
                    .record(0, 0, CaptureBytes.behind(HexFormat.of().parseHex("0102030405060708090a0b0c0800"), PACKET))
                    .record(0, 0, PACKET)
                    .done(),
            CaptureBytes.pcapng(ByteOrder.LITTLE_ENDIAN)
                    .describe(0, 6)
                    .unknownBlock(8)
                    .packet(0, 0, CaptureBytes.behind(new byte[] {2, 0, 0, 0}, PACKET))
                    .simple(PACKET)
                    .done()
        };
        SplittableRandom random = new SplittableRandom(20261127);
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = files[i % 2].clone();
            for (int k = random.nextInt(1, 5); k > 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            byte[] cut = java.util.Arrays.copyOf(bytes, random.nextInt(4, bytes.length + 1));
            try {
                read(cut);
            } catch (FormatException e) {
                assertThat(e.detail().limit()).as("seed 20261127, case " + i).isNotNull();
            }
        }
    }
}
