package firstspike.acceptance;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A recording that is killed a hundred times never loses what it printed 200 ms before. */
@Tag("acceptance")
class Records03KillIT {

    private static final long SEED = 20_261_128L;
    private static final int KILLS = 100;
    private static final int LATEST_MS = 1500;
    private static final String[] TARGETS = {"emu:nominal?seed=1", "emu:varied?seed=1&mismatch=residual"};

    @Test
    @DisplayName("U14 U15 kill -9 of record at a hundred random moments")
    void killed() throws Exception {
        Path folder = Program.folder("killed-recordings");
        KilledRecording recording = new KilledRecording(
                List.of(
                        "sh",
                        Program.root()
                                .resolve("experiments/target/dist/bin/firstspike")
                                .toString()),
                folder);
        recording.prepare(5000);
        SplittableRandom random = new SplittableRandom(SEED);
        long begin = System.nanoTime();
        int printed = 0;
        long programs = 0;
        long torn = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            KilledRecording.Found found =
                    recording.killAfter(random.nextInt(LATEST_MS), TARGETS[kill % TARGETS.length], "kill-" + kill);
            printed += found.printed();
            programs += found.programs();
            torn += found.torn();
        }
        Table.row(
                "records 3",
                "record --json, kill -9 at random, log recover, replay --compare of the log alone",
                "every program printed 200 ms before is whole; recovery twice the same; replay equal on nominal, varied",
                String.format(
                        Locale.ROOT,
                        "%d kills (seed %d): %d programs printed in time, all whole; %d replayed equal, %d of them torn",
                        KILLS,
                        SEED,
                        printed,
                        programs,
                        torn),
                (System.nanoTime() - begin) / 1e9,
                printed > KILLS && torn > 0);
    }
}
