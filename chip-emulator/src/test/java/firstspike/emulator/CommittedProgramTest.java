package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.coordinate.SynapseQuad;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.link.TargetUri;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.register.RawSynapseQuad;
import firstspike.driver.register.SynapseLabelQuad;
import firstspike.driver.register.SynapseWeightQuad;
import firstspike.driver.remote.GrpcProvider;
import firstspike.driver.remote.RemoteLink;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.ServerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Programs kept as files of big-endian words, as a host sent them for a network of two layers and three samples, and the
 * spikes that a nominal chip answered. The host's sources are not needed here: words are all that a chip knows.
 */
class CommittedProgramTest {

    private static final String TARGET = "emu:nominal?seed=1";
    private static final PlaybackProgram SETUP = PlaybackProgram.ofWords(words("setup"));
    private static final PlaybackProgram BATCH = PlaybackProgram.ofWords(words("batch"));

    @Test
    @DisplayName("T267 committed words give the committed spikes, and no class of the host is on the class path")
    void inProcess() {
        try (ChipLink chip = EmulatedChip.open(TARGET)) {
            assertThat(rows(run(chip, SETUP, BATCH).spikes()))
                    .isEqualTo(committed())
                    .hasSize(24);
        }
        assertThatThrownBy(() -> Class.forName("firstspike.runtime.session.ChipSession"))
                .isInstanceOf(ClassNotFoundException.class);
        assertThat(getClass().getClassLoader().getResource("firstspike/runtime"))
                .isNull();
    }

    @Test
    @DisplayName("T267 the same words through gRPC give the same spikes")
    void remote() throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ChipServer server = ChipServer.start(EmulatorSource.of(TARGET), anyPort, ServerOptions.defaults());
                ChipSource source = new GrpcProvider()
                        .source(TargetUri.parse("grpc://127.0.0.1:" + server.port()), LinkOptions.defaults());
                ChipLink chip = source.open(source.chips().get(0).chipId(), LinkOptions.defaults())) {
            assertThat(chip).isInstanceOf(RemoteLink.class);

            assertThat(rows(run(chip, SETUP, BATCH).spikes())).isEqualTo(committed());
        }
    }

    @Test
    @DisplayName("T267 the same words through HostARQ give the same spikes")
    void overUdp() {
        try (FpgaServer fpga = UdpHost.fpga(TARGET);
                UdpHost host = new UdpHost(fpga)) {
            host.run(SETUP);
            RunResult.Builder result = RunResult.builder();
            host.run(BATCH).fill(result);

            assertThat(rows(result.build().spikes())).isEqualTo(committed());
        }
    }

    @Test
    @DisplayName("A configuration written through the raw synapse view gives the spikes of the split views")
    void rawView() {
        RawWriter raw = new RawWriter();
        PlaybackProgram setup = raw.rewrite(SETUP);
        PlaybackProgram batch = raw.rewrite(BATCH);
        assertThat(setup.size()).isEqualTo(SETUP.size());
        assertThat(raw.rewritten).isGreaterThan(2 * SynapseQuad.COUNT);

        try (ChipLink chip = EmulatedChip.open(TARGET)) {
            assertThat(rows(run(chip, setup, batch).spikes())).isEqualTo(committed());
        }
    }

    private static RunResult run(ChipLink chip, PlaybackProgram setup, PlaybackProgram batch) {
        chip.run(setup, RunOptions.forSetup());
        RunResult result = chip.run(batch, RunOptions.defaults());
        assertThat(result.health().lossFree()).isTrue();
        return result;
    }

    private static List<String> rows(SpikeColumns spikes) {
        return IntStream.range(0, spikes.size())
                .mapToObj(i -> spikes.label(i) + "," + spikes.chipTime(i) + "," + spikes.fpgaTime(i))
                .toList();
    }

    private static List<String> committed() {
        String text = new String(resource("batch.spikes.csv"), StandardCharsets.US_ASCII);
        return text.lines().skip(1).toList();
    }

    private static long[] words(String name) {
        byte[] bytes = resource(name + ".words.gz");
        long[] words = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(words);
        return words;
    }

    private static byte[] resource(String name) {
        try (InputStream file = CommittedProgramTest.class.getResourceAsStream("/programs/" + name);
                InputStream in = name.endsWith(".gz") ? new GZIPInputStream(file) : file) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Turns each write of a weight or label word into a write of the raw word that holds the same bits. */
    private static final class RawWriter {

        private final Map<Integer, Integer> weightQuads = new HashMap<>();
        private final Map<Integer, Integer> labelQuads = new HashMap<>();
        private int rewritten;

        RawWriter() {
            for (int quad = 0; quad < SynapseQuad.COUNT; quad++) {
                weightQuads.put(SynapseWeightQuad.address(quad), quad);
                labelQuads.put(SynapseLabelQuad.address(quad), quad);
            }
        }

        PlaybackProgram rewrite(PlaybackProgram split) {
            long[] words = split.words();
            for (int i = 1; i < words.length; i++) {
                boolean write = ToFpga.kind(words[i - 1]) == ToFpga.Kind.OMNIBUS_ADDRESS
                        && ToFpga.kind(words[i]) == ToFpga.Kind.OMNIBUS_DATA;
                int address = write ? ToFpga.address(words[i - 1]) : 0;
                int word = (int) ToFpga.value(words[i]);
                if (write && weightQuads.containsKey(address)) {
                    RawSynapseQuad raw = RawSynapseQuad.defaults(SynapseQuad.of(weightQuads.get(address)));
                    for (int entry = 0; entry < 4; entry++) {
                        raw = raw.withWeight(entry, SynapseWeightQuad.weight(word, entry));
                    }
                    replace(words, i, raw, 0);
                } else if (write && labelQuads.containsKey(address)) {
                    RawSynapseQuad raw = RawSynapseQuad.defaults(SynapseQuad.of(labelQuads.get(address)));
                    for (int entry = 0; entry < 4; entry++) {
                        raw = raw.withLabel(entry, SynapseLabelQuad.label(word, entry));
                    }
                    replace(words, i, raw, 1);
                }
            }
            return PlaybackProgram.ofWords(words);
        }

        private void replace(long[] words, int at, RawSynapseQuad raw, int half) {
            words[at - 1] = ToFpga.omnibusWrite(raw.writeAddresses()[half]);
            words[at] = ToFpga.omnibusData(raw.words()[half]);
            rewritten++;
        }
    }
}
