package firstspike.runtime.recording.log;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The index of a log that grows, kept below its limit of 8 MiB (formats.md 2.4): sample marks go first, then all other marks
 * and all health records but the last, then every second chunk as often as it takes. Mutable, one owner thread.
 */
final class IndexBuilder {

    private static final int COLUMNS = 6;
    private static final RecordKind[] KINDS = RecordKind.values();

    private final int limit;
    private long[] table = new long[COLUMNS * 256];
    private byte[] kinds = new byte[256];
    private boolean[] sampleMark = new boolean[256];
    private int size;
    private long bytes;
    private boolean withoutSampleMarks;
    private boolean withoutMarks;

    IndexBuilder() {
        this(Limits.INDEX);
    }

    /** With another limit of bytes. */
    IndexBuilder(int limit) {
        this.limit = limit;
    }

    void add(IndexEntry entry, boolean isSampleMark) {
        if (isSampleMark && withoutSampleMarks || withoutMarks && entry.kind() == RecordKind.MARK) {
            return;
        }
        if (withoutMarks && entry.kind() == RecordKind.HEALTH) {
            keep(i -> KINDS[kinds[i]] != RecordKind.HEALTH);
        }
        append(entry, isSampleMark);
        thin();
    }

    private void append(IndexEntry entry, boolean isSampleMark) {
        if (size == kinds.length) {
            table = Arrays.copyOf(table, 2 * table.length);
            kinds = Arrays.copyOf(kinds, 2 * size);
            sampleMark = Arrays.copyOf(sampleMark, 2 * size);
        }
        int row = COLUMNS * size;
        table[row] = entry.sequence();
        table[row + 1] = entry.offset();
        table[row + 2] = entry.program();
        table[row + 3] = entry.firstTick();
        table[row + 4] = entry.lastTick();
        table[row + 5] = entry.count();
        kinds[size] = (byte) entry.kind().ordinal();
        sampleMark[size] = isSampleMark;
        size++;
        bytes += framed(entry);
    }

    private static long framed(IndexEntry entry) {
        int content = RecordEncoder.entryBytes(entry);
        return 1 + Varint.size(content) + content;
    }

    private void thin() {
        if (bytes < limit) {
            return;
        }
        if (!withoutSampleMarks) {
            withoutSampleMarks = true;
            keep(i -> !sampleMark[i]);
        }
        if (bytes >= limit && !withoutMarks) {
            withoutMarks = true;
            int last = lastHealth();
            keep(i -> KINDS[kinds[i]] != RecordKind.MARK && (KINDS[kinds[i]] != RecordKind.HEALTH || i == last));
        }
        while (bytes >= limit) {
            int[] seen = {0};
            int before = size;
            keep(i -> !isChunk(i) || (seen[0]++ & 1) == 0);
            if (size == before) {
                return;
            }
        }
    }

    private boolean isChunk(int i) {
        return KINDS[kinds[i]] == RecordKind.SPIKES || KINDS[kinds[i]] == RecordKind.SAMPLES;
    }

    private int lastHealth() {
        int last = size - 1;
        while (last >= 0 && KINDS[kinds[last]] != RecordKind.HEALTH) {
            last--;
        }
        return last;
    }

    private void keep(java.util.function.IntPredicate wanted) {
        int to = 0;
        bytes = 0;
        for (int from = 0; from < size; from++) {
            if (wanted.test(from)) {
                System.arraycopy(table, COLUMNS * from, table, COLUMNS * to, COLUMNS);
                kinds[to] = kinds[from];
                sampleMark[to] = sampleMark[from];
                bytes += framed(entry(to));
                to++;
            }
        }
        size = to;
    }

    private IndexEntry entry(int i) {
        int row = COLUMNS * i;
        return new IndexEntry(
                table[row],
                table[row + 1],
                table[row + 2],
                table[row + 3],
                table[row + 4],
                (int) table[row + 5],
                KINDS[kinds[i]]);
    }

    int size() {
        return size;
    }

    void forEach(Consumer<IndexEntry> action) {
        for (int i = 0; i < size; i++) {
            action.accept(entry(i));
        }
    }
}
