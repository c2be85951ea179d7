package firstspike.driver.server.spool;

import static firstspike.driver.error.RunFailedException.Code.RUN_FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.error.RunFailedException;
import firstspike.driver.error.SessionUnknownException;
import firstspike.proto.chip.v1.ResultChunk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results in the spool and those who read them. */
class SpooledResultTest {

    private static final long SEED = 240;

    private final SplittableRandom random = new SplittableRandom(SEED);

    @TempDir
    private Path folder;

    private Spool spool;
    private SpooledResult result;

    @BeforeEach
    void open() throws IOException {
        spool = Spool.open(folder, new SpoolLimits(1 << 30, 1 << 30, 1 << 30, 1 << 30, 1 << 22, 1 << 25));
        result = spool.session("ada").result();
    }

    @AfterEach
    void close() {
        spool.close();
    }

    @Test
    @DisplayName("T240 from every border on the same bytes come again, and an offset that is no border is refused")
    void borders() {
        List<ByteString> records = fill(60, 40_000);

        List<ResultChunk> all = read(0);
        assertThat(all.stream().map(ResultChunk::getRecord)).isEqualTo(records);
        long offset = 0;
        for (int i = 0; i < all.size(); i++) {
            ResultChunk chunk = all.get(i);
            assertThat(chunk.getOffset()).isEqualTo(offset);
            assertThat(chunk.getCrc32C()).isEqualTo(Uploads.crc(records.get(i)));
            assertThat(read(offset)).isEqualTo(all.subList(i, all.size()));
            if (chunk.getRecord().size() > 1) {
                long inside = offset + 1 + random.nextInt(chunk.getRecord().size() - 1);
                assertRefused(inside);
            }
            offset += chunk.getRecord().size();
        }
        assertThat(read(offset)).isEmpty();
        assertRefused(offset + 1);
        assertRefused(-1);
        assertRefused(Long.MAX_VALUE);
    }

    private void assertRefused(long offset) {
        assertThatThrownBy(() -> result.read(offset, () -> {}))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("MALFORMED_REQUEST", error -> ((ChipException) error).code())
                .hasMessageContaining(Long.toUnsignedString(offset));
    }

    @Test
    @DisplayName("A reader follows a result that grows, and is told of all that is new")
    void follows() {
        int[] told = new int[1];
        ResultReader reader = result.read(0, () -> told[0]++);
        assertThat(reader.next()).isEmpty();
        assertThat(reader.complete()).isFalse();

        ByteString first = record(10);
        result.add(first);
        assertThat(told[0]).isEqualTo(1);
        assertThat(reader.next()).map(ResultChunk::getRecord).contains(first);
        assertThat(reader.next()).isEmpty();
        ByteString second = record(100_000);
        result.addAlways(second);
        assertThat(reader.next()).map(ResultChunk::getRecord).contains(second);
        ByteString footer = record(20);
        result.close(footer);
        assertThat(reader.complete()).isFalse();
        RunFailedException why = new RunFailedException(
                RUN_FAILED, firstspike.driver.error.ErrorDetail.of("run", "failed", "", "repeat it"), null, null, true);
        result.end(Optional.of(why));
        result.end(Optional.empty());

        assertThat(told[0]).isEqualTo(4);
        assertThat(reader.complete()).isFalse();
        assertThat(reader.next()).map(ResultChunk::getRecord).contains(footer);
        assertThat(reader.complete()).isTrue();
        assertThat(reader.error()).contains(why);
        reader.close();
    }

    @Test
    @DisplayName("A result that is dropped ends its readers and takes no more records")
    void dropped() {
        fill(10, 40_000);
        int[] told = new int[1];
        ResultReader reader = result.read(0, () -> told[0]++);
        reader.next();

        result.close();
        result.close();

        assertThat(told[0]).isEqualTo(1);
        assertThatThrownBy(reader::next).isInstanceOfSatisfying(SessionUnknownException.class, e -> assertThat(
                        e.detail().fields())
                .containsEntry("reason", "SUBMISSION_UNKNOWN"));
        assertThat(result.add(record(10))).isFalse();
        assertThat(spool.usedBytes()).isZero();
    }

    @Test
    @DisplayName("A result that never began ends with its error alone")
    void neverBegan() {
        result.end(Optional.empty());

        assertThat(read(0)).isEmpty();
        assertThat(result.ended()).isTrue();
    }

    private List<ByteString> fill(int count, int largest) {
        List<ByteString> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ByteString record = record(1 + random.nextInt(random.nextBoolean() ? 40 : largest));
            records.add(record);
            if (i == count - 1) {
                result.close(record);
            } else if (random.nextInt(5) == 0) {
                result.addAlways(record);
            } else {
                assertThat(result.add(record)).isTrue();
            }
        }
        result.end(Optional.empty());
        return records;
    }

    private ByteString record(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    private List<ResultChunk> read(long offset) {
        try (ResultReader reader = result.read(offset, () -> {})) {
            List<ResultChunk> chunks = new ArrayList<>();
            for (Optional<ResultChunk> next = reader.next(); next.isPresent(); next = reader.next()) {
                // its bytes hold until the next one
                ResultChunk chunk = next.get();
                chunks.add(chunk.toBuilder()
                        .setRecord(ByteString.copyFrom(chunk.getRecord().toByteArray()))
                        .build());
            }
            assertThat(reader.complete()).isTrue();
            return chunks;
        }
    }
}
