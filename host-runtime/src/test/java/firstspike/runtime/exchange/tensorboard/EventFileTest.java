package firstspike.runtime.exchange.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.runtime.framing.RecordFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {

    private static final String HEAD =
            "1800000000000000a37f4b2209000000406e55da411a0d627261696e2e4576656e743a32c3486dfc";
    private static final String SCALAR = "290000000000000037ff5f0009000020406e55da4110032a1c0a1a0a13"
            + "76616c69646174696f6e2f6163637572616379150000003f949ea2f6";

    @TempDir
    Path folder;

    @Test
    void bytesAreThoseOfTheReference() throws IOException {
        Instant time = Instant.ofEpochSecond(1767225600L);
        EventFile file = EventFile.create(folder, "a1b2c3d4-0000-4000-8000-000000000000", time);
        file.append(List.of(EventRecords.scalar(1767225600.5, 3, "validation/accuracy", 0.5)));

        assertThat(file.path().getFileName()).hasToString("events.out.tfevents.1767225600.firstspike.a1b2c3.0");
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(file.path()))).isEqualTo(HEAD + SCALAR);
    }

    @Test
    void aRunThatGoesOnHasAFileOfItsOwn() {
        assertThat(EventFile.isIn(folder)).isFalse();
        EventFile first = EventFile.create(folder, "a1b2c3d4", Instant.EPOCH);
        EventFile second = EventFile.create(folder, "a1b2c3d4", Instant.EPOCH);

        assertThat(EventFile.isIn(folder)).isTrue();
        assertThat(first.path().toString()).endsWith(".0");
        assertThat(second.path().toString()).endsWith(".1");
    }

    @Test
    void valuesThatAreNotFiniteStandAsTheyAre() {
        byte[] payload = EventRecords.scalar(0, 1, "x", Double.NaN);

        assertThat(HexFormat.of().formatHex(payload)).endsWith("150000c07f");
        assertThat(RecordFrame.of(payload)).hasSize(payload.length + RecordFrame.OVERHEAD);
    }

    @Test
    void everyFiniteValueIsInOneBucket() {
        double[] values = {-1, 0, 0.5, 3, 3, Double.NaN, Double.POSITIVE_INFINITY};
        BucketCounts counts = BucketCounts.of(values);

        assertThat(counts.number()).isEqualTo(5);
        assertThat(Arrays.stream(counts.counts()).sum()).isEqualTo(5);
        assertThat(counts.limits()).isSorted().endsWith(3.0);
        assertThat(counts.sum()).isEqualTo(5.5);
        assertThat(counts.sumOfSquares()).isEqualTo(19.25);
        assertThat(BucketCounts.of(new double[0]).counts()).containsExactly(0.0);
        assertThat(BucketCounts.of(new double[] {2, 2}).counts()).containsExactly(2.0);
    }
}
