package firstspike.experiments.wire;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.fpga.FpgaOptions;
import firstspike.driver.fpga.FpgaSource;
import firstspike.driver.initialisation.Initialisation;
import firstspike.driver.initialisation.InitialisationOptions;
import firstspike.driver.initialisation.InitialisationProgram;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.emulator.FpgaServer;
import firstspike.experiments.capture.CaptureReader;
import firstspike.experiments.capture.CaptureWriter;
import firstspike.experiments.capture.Datagram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveCaptureTest {

    @TempDir
    private Path folder;

    private static PlaybackProgram program() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder().timerReset();
        builder.write(0x0000_0000, 0x1234);
        builder.read(0x0000_0000);
        builder.barrier(Barrier.OMNIBUS);
        builder.marker();
        for (int i = 0; i < 400; i++) {
            builder.waitUntil(2000 + 10L * i).spikes(i, i + 1);
        }
        return builder.settle(1000).done();
    }

    @Test
    void aCaptureOfARunListsTheInstructionsThatTheProgramPrints() throws IOException {
        Path file = folder.resolve("live.pcap");
        PlaybackProgram program = program();
        RunResult result;
        CaptureWriter writer = CaptureWriter.create(file, false);
        try (writer;
                FpgaServer fpga = FpgaServer.start(
                        "emu:nominal?seed=1",
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        OptionalInt.of(0),
                        1)) {
            String target = "fpga://127.0.0.1:" + fpga.dataPort() + "?reset_port=" + fpga.resetPort();
            try (FpgaSource source =
                            FpgaSource.of(target, FpgaOptions.defaults().withTap(writer));
                    ChipLink link = source.open(source.chips().get(0).chipId(), LinkOptions.defaults())) {
                initialise(link);
                result = link.run(program, RunOptions.defaults());
            }
        }
        assertThat(writer.totals().dropped()).isZero();

        List<WireRecord.Message> messages = list(file);
        List<String> printed =
                program.toText().lines().map(LiveCaptureTest::content).toList();
        List<String> sent = contents(messages, Direction.TO);
        assertThat(Collections.indexOfSubList(sent, printed)).isNotNegative();
        assertThat(contents(messages, Direction.FROM))
                .contains("response 0x00001234", "marker", "halt")
                .filteredOn(line -> line.startsWith("spikes") || line.startsWith("systime"))
                .isNotEmpty();
        long spikes = messages.stream()
                .filter(message -> message.direction() == Direction.FROM)
                .map(message -> message.fields().get("spikes"))
                .filter(List.class::isInstance)
                .mapToLong(list -> ((List<?>) list).size())
                .sum();
        assertThat(spikes).isEqualTo(result.spikes().size()).isPositive();
    }

    private static void initialise(ChipLink link) {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        InitialisationProgram.append(Initialisation.steps(InitialisationOptions.standard()), builder);
        link.run(builder.done(), RunOptions.forSetup());
    }

    private static List<WireRecord.Message> list(Path file) throws IOException {
        List<WireRecord> records = new ArrayList<>();
        WireListing listing = new WireListing(records::add, 1234);
        try (CaptureReader reader = CaptureReader.open(file)) {
            for (Optional<Datagram> next = reader.next(); next.isPresent(); next = reader.next()) {
                listing.datagram(next.get());
            }
        }
        listing.finish();
        assertThat(listing.totals().errors()).isZero();
        assertThat(listing.totals().missing()).isZero();
        return records.stream()
                .filter(WireRecord.Message.class::isInstance)
                .map(WireRecord.Message.class::cast)
                .toList();
    }

    private static List<String> contents(List<WireRecord.Message> messages, Direction direction) {
        return messages.stream()
                .filter(message -> message.direction() == direction)
                .map(message -> content(message.line()))
                .toList();
    }

    /** Content alone: before the program stand reads of counters, which move its indices. */
    private static String content(String line) {
        return line.substring(20);
    }
}
