package firstspike.acceptance;

import firstspike.driver.initialisation.Initialisation;
import firstspike.driver.initialisation.InitialisationOptions;
import firstspike.driver.initialisation.InitialisationProgram;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.TargetUri;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.remote.GrpcProvider;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many runs, one after the other, on one server. */
@Tag("acceptance")
class Service01MemoryIT {

    private static final int RUNS = 200;
    private static final int PROGRAMS = 5;
    private static final int MARKERS = 100_000;

    @Test
    @DisplayName("J52 200 runs on one server: neither memory nor threads nor files grow")
    void manyRuns() throws Exception {
        long begin = System.nanoTime();
        long[] resident = new long[RUNS];
        long[] threads = new long[RUNS];
        long[] descriptors = new long[RUNS];
        try (Served server = Served.emulator(256, "varied?seed=1&mismatch=residual")) {
            for (int i = 0; i < RUNS; i++) {
                run(server.grpcTarget());
                resident[i] = server.status("VmRSS");
                threads[i] = server.status("Threads");
                descriptors[i] = server.descriptors();
            }
        }
        double growth = mean(resident, 3) / mean(resident, 1);
        double moreThreads = mean(threads, 3) - mean(threads, 1);
        double moreFiles = mean(descriptors, 3) - mean(descriptors, 1);

        Table.row(
                "service 1 (J52)",
                "emulate; " + RUNS + " sessions of " + PROGRAMS + " programs, 1.6 MB of result each",
                "resident memory of the last quarter at most 1.2 times that of the second; no more threads and files",
                String.format(
                        "%.2f times (%.0f and %.0f MB), threads %+.1f, files %+.1f",
                        growth, mean(resident, 1) / 1000, mean(resident, 3) / 1000, moreThreads, moreFiles),
                (System.nanoTime() - begin) / 1e9,
                growth <= 1.2 && moreThreads < 2 && moreFiles < 2);
    }

    private static void run(String target) {
        PlaybackProgramBuilder initialisation = PlaybackProgram.builder();
        InitialisationProgram.append(Initialisation.steps(InitialisationOptions.standard()), initialisation);
        PlaybackProgramBuilder markers = PlaybackProgram.builder();
        for (int i = 0; i < MARKERS; i++) {
            markers.marker();
        }
        PlaybackProgram program = markers.done();
        try (ChipSource source = new GrpcProvider().source(TargetUri.parse(target), LinkOptions.defaults());
                ChipLink link = source.open(source.chips().get(0).chipId(), LinkOptions.defaults())) {
            link.run(initialisation.done(), RunOptions.forSetup());
            for (int i = 0; i < PROGRAMS; i++) {
                if (link.run(program, RunOptions.defaults()).responses(ResponseKind.LOOPBACK) != MARKERS) {
                    throw new AssertionError("markers without answers");
                }
            }
        }
    }

    /** Mean over a quarter, counted from 0. */
    private static double mean(long[] values, int quarter) {
        return Arrays.stream(values, quarter * RUNS / 4, (quarter + 1) * RUNS / 4)
                .average()
                .orElseThrow();
    }
}
