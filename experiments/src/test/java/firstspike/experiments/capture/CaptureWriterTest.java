package firstspike.experiments.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.runtime.error.StorageException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureWriterTest {

    private static final InetSocketAddress HOST = new InetSocketAddress("127.0.0.1", 40000);
    private static final InetSocketAddress FPGA = new InetSocketAddress("127.0.0.2", 1234);

    @TempDir
    private Path folder;

    @Test
    void whatItWritesReadsBackInOrder() throws IOException {
        Path file = folder.resolve("a.pcap");
        long before = System.currentTimeMillis() - 1;
        CaptureWriter writer = CaptureWriter.create(file, false);
        for (int i = 0; i < 1000; i++) {
            ByteBuffer payload = ByteBuffer.allocate(i + 4).putInt(0, i).position(0);
            writer.datagram(i % 2 == 0 ? HOST : FPGA, i % 2 == 0 ? FPGA : HOST, payload);
            assertThat(payload.position()).isZero();
        }
        writer.close();
        writer.close();

        assertThat(writer.totals()).isEqualTo(new CaptureTotals(1000, 0, Files.size(file), ""));
        try (CaptureReader reader = CaptureReader.open(file)) {
            for (int i = 0; i < 1000; i++) {
                Datagram datagram = reader.next().orElseThrow();
                assertThat(datagram.from()).isEqualTo(i % 2 == 0 ? HOST : FPGA);
                assertThat(datagram.payload()).hasSize(i + 4);
                assertThat(ByteBuffer.wrap(datagram.payload()).getInt()).isEqualTo(i);
                assertThat(datagram.timeNanos() / 1_000_000).isBetween(before, System.currentTimeMillis() + 1);
            }
            assertThat(reader.next()).isEmpty();
            assertThat(reader.skipped()).isEmpty();
            assertThat(reader.truncated()).isFalse();
        }
    }

    @Test
    void aFullBufferDropsAndCountsInsteadOfWaiting() throws IOException {
        Path file = folder.resolve("small.pcap");
        CaptureWriter writer = CaptureWriter.create(file, false, 256);

        writer.datagram(HOST, FPGA, ByteBuffer.allocate(1452));
        writer.datagram(new InetSocketAddress("::1", 1), FPGA, ByteBuffer.allocate(4));
        writer.datagram(HOST, FPGA, ByteBuffer.allocate(4));
        writer.close();
        writer.datagram(HOST, FPGA, ByteBuffer.allocate(4));

        assertThat(writer.totals().dropped()).isEqualTo(3);
        assertThat(writer.totals().datagrams()).isEqualTo(1);
        try (CaptureReader reader = CaptureReader.open(file)) {
            assertThat(reader.next()).isPresent();
            assertThat(reader.next()).isEmpty();
        }
    }

    @Test
    void neverReplacesAFileThatNobodyAllowed() throws IOException {
        Path file = Files.writeString(folder.resolve("there"), "precious");

        assertThatThrownBy(() -> CaptureWriter.create(file, false))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("--force");
        assertThat(file).hasContent("precious");
        assertThatThrownBy(() -> CaptureWriter.create(folder.resolve("no/where"), false))
                .isInstanceOf(StorageException.class);
        CaptureWriter.create(file, true).close();
        assertThat(Files.size(file)).isEqualTo(24);
    }

    @Test
    void agreesWithTheSystemsCaptureTool() throws IOException, InterruptedException {
        Path tool = Path.of("/usr/bin/tcpdump");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.isExecutable(tool), "no tcpdump on this machine");
        Path file = folder.resolve("b.pcap");
        CaptureWriter writer = CaptureWriter.create(file, false);
        writer.datagram(HOST, FPGA, ByteBuffer.allocate(20));
        writer.close();
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(tool.toString(), "-nr", file.toString())
                .redirectOutput(said.toFile())
                .redirectErrorStream(true)
                .start();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(said).content().contains("127.0.0.1.40000 > 127.0.0.2.1234: UDP, length 20");
    }
}
