package firstspike.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.initialisation.Initialisation;
import firstspike.driver.initialisation.InitialisationOptions;
import firstspike.driver.initialisation.InitialisationProgram;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a bridge captured of a run lists the instructions of the run's program. */
@Tag("acceptance")
class Wire06DecodeIT {

    @Test
    @DisplayName("Shows 6 wire decode of a capture of a live run lists the instructions that the program prints")
    void captureOfALiveRun() throws Exception {
        long begin = System.nanoTime();
        Path capture = Program.folder("output").resolve("wire06.pcap");
        PlaybackProgramBuilder set = PlaybackProgram.builder();
        InitialisationProgram.append(Initialisation.steps(InitialisationOptions.standard()), set);
        PlaybackProgram setup = set.done();
        PlaybackProgram program = program();
        int spikes;
        long dropped;
        try (Served fpga = Served.fpga("nominal?seed=6");
                Served bridge = Served.bridge(
                        fpga.address(), "", "--capture", capture.toString(), "--force", "--chip-id", "W66F3")) {
            assertThat(bridge.ready().at("/chips/0/id").asText()).isEqualTo("W66F3");
            try (ChipTarget target =
                            (ChipTarget) Targets.installed().resolve(bridge.grpcTarget(), LinkOptions.defaults());
                    ChipLink link = target.open(0, 0)) {
                link.run(setup, RunOptions.forSetup());
                spikes = link.run(program, RunOptions.defaults()).spikes().size();
            }
            dropped = bridge.stop().at("/capture/dropped").asLong(-1);
            assertThat(bridge.exit()).isEqualTo(143);
        }

        Program.Outcome decoded =
                Program.run("wire", "decode", capture.toString()).succeeded();
        List<String> to = contents(decoded.out(), " TO ");
        long received = contents(decoded.out(), " FROM ").stream()
                .filter(line -> line.startsWith("spikes"))
                .mapToLong(line -> line.split(" ").length - 1)
                .sum();
        boolean listed = Collections.indexOfSubList(to, printed(setup)) >= 0
                && Collections.indexOfSubList(to, printed(program)) >= 0;
        Table.row(
                "wire 6",
                decoded.command(),
                program.size() + " instructions as the program prints them, " + spikes + " spikes",
                to.size() + " instructions listed, the program's among them: " + listed + ", " + received + " spikes, "
                        + dropped + " datagrams dropped",
                (System.nanoTime() - begin) / 1e9,
                listed && received == spikes && dropped == 0);
    }

    private static PlaybackProgram program() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder().timerReset();
        builder.marker();
        for (int i = 0; i < 3000; i++) {
            builder.waitUntil(10L * i).spikes(i & 0x3fff, 0x4000 | i & 0x3fff);
        }
        builder.read(0x0000_0000);
        return builder.settle(2000).done();
    }

    private static List<String> printed(PlaybackProgram program) {
        return program.toText().lines().map(Wire06DecodeIT::content).toList();
    }

    private static List<String> contents(String listing, String direction) {
        return listing.lines()
                .filter(line -> !line.startsWith("#") && line.contains(direction))
                .map(line -> content(line.substring(22)))
                .toList();
    }

    /** Without index and tick: the reads of counters before the program move its indices. */
    private static String content(String line) {
        return line.substring(20);
    }
}
