package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.runtime.recording.log.LogHeader;
import firstspike.runtime.recording.log.LogSettings;
import firstspike.runtime.recording.log.Mark;
import firstspike.runtime.recording.log.SpikeLogWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The log of a training of 300 epochs as it would be recorded: more records than an index can list. */
@Tag("acceptance")
class Records06LongLogIT {

    private static final int EPOCHS = 300;
    private static final int BATCHES = 47;
    private static final int BATCH = 150;
    private static final int SPIKES = 400;

    @Test
    @DisplayName("U13 a log of over two million records closes with an index that tells what it holds")
    void manyRecords() throws IOException {
        long begin = System.nanoTime();
        Path file = Program.folder("long").resolve("training.fslog");
        Files.deleteIfExists(file);
        long programs = (long) EPOCHS * BATCHES;
        write(file);

        Program.Outcome quick =
                Program.run("log", "inspect", file.toString(), "--json").succeeded();
        Program.Outcome full = Program.run("log", "inspect", file.toString(), "--full", "--json")
                .succeeded();
        JsonNode told = quick.json();
        JsonNode counted = full.json();
        boolean same = true;
        for (String key : List.of("records", "programs", "events", "first_tick", "last_tick", "state", "chunks")) {
            same &= told.get(key).equals(counted.get(key));
        }
        long records = told.get("records").asLong();
        Table.row(
                "records 6",
                "log inspect of a log of " + EPOCHS + " epochs, " + Files.size(file) + " bytes",
                "over two million records, closed; index and totals equal what a scan counts",
                records + " records, " + told.get("state").asText() + ", " + programs + " programs, "
                        + (same ? "equal" : "NOT equal")
                        + String.format(
                                ", by the index in %.2f s, by reading all in %.2f s", quick.seconds(), full.seconds()),
                (System.nanoTime() - begin) / 1e9,
                records > 2_000_000
                        && same
                        && !told.get("full").asBoolean()
                        && told.get("state").asText().equals("closed")
                        && told.get("programs").asLong() == programs);
    }

    private static void write(Path file) {
        LogHeader header = new LogHeader(
                "00000000-0000-4000-8000-000000000006",
                "emu:nominal",
                "nominal",
                "c",
                "",
                "",
                8000,
                0,
                "test",
                List.of());
        long[] ticks = new long[SPIKES];
        short[] labels = new short[SPIKES];
        for (int i = 0; i < SPIKES; i++) {
            ticks[i] = 40L * i;
            labels[i] = (short) (i % 120);
        }
        try (SpikeLogWriter writer = SpikeLogWriter.create(file, header, LogSettings.defaults())) {
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                for (int batch = 0; batch < BATCHES; batch++) {
                    writer.startProgram(0);
                    if (batch == 0) {
                        writer.mark(Mark.Kind.EPOCH, 0, epoch, "");
                    }
                    writer.stimulus(ticks, labels, 0, SPIKES / 4);
                    for (int sample = 0; sample < BATCH; sample++) {
                        writer.mark(Mark.Kind.SAMPLE, 100L * sample, sample, "");
                    }
                    writer.spikes(ticks, labels, 0, SPIKES);
                    writer.endProgram(ticks[SPIKES - 1], Map.of("events.received", (long) SPIKES));
                }
            }
        }
    }
}
