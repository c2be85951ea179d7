package firstspike.driver.playback;

import firstspike.driver.message.ToFpga;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What a builder has collected: instruction words, the responses they will get, tickets and notes. One owner thread. */
final class ProgramBuffer {

    private static final int KINDS = ResponseKind.values().length;
    /** Kind, position and count of each ticket. */
    private static final int TABLE_ENTRY = 3;

    private final int[] responses = new int[KINDS];
    private final Ticket.Segment segment = new Ticket.Segment();
    private final List<Note> notes = new ArrayList<>();
    private long[] words = new long[64];
    private int size;
    private int[] table = new int[0];
    private int tableSize;

    int size() {
        return size;
    }

    /** Responses expected of a kind. */
    int responses(ResponseKind kind) {
        return responses[kind.ordinal()];
    }

    /** Responses expected of all kinds. */
    int responses() {
        return Arrays.stream(responses).sum();
    }

    void add(long word) {
        if (size == words.length) {
            words = Arrays.copyOf(words, size * 2);
        }
        words[size++] = word;
    }

    /** Adds words that expect no response. */
    void add(long[] more, int count) {
        if (size + count > words.length) {
            words = Arrays.copyOf(words, Math.max(size + count, size * 2));
        }
        System.arraycopy(more, 0, words, size, count);
        size += count;
    }

    /** A ticket for responses to instructions that were just added. */
    <T> Ticket<T> ticket(ResponseKind kind, int count, Function<long[], T> decoder) {
        int offset = responses[kind.ordinal()];
        responses[kind.ordinal()] += count;
        reserve(TABLE_ENTRY);
        entry(kind.ordinal(), offset, count);
        return new Ticket<>(segment, kind, offset, count, decoder);
    }

    private void reserve(int entries) {
        if (tableSize + entries > table.length) {
            table = Arrays.copyOf(table, Math.max(tableSize + entries, table.length * 2));
        }
    }

    private void entry(int kind, int position, int count) {
        table[tableSize++] = kind;
        table[tableSize++] = position;
        table[tableSize++] = count;
    }

    /** Moves everything of another buffer, its tickets included, to the end; the other is not to be used afterwards. */
    void take(ProgramBuffer other) {
        other.segment.moveInto(segment, responses);
        copy(other);
    }

    /** Copies everything of another buffer but its tickets to the end. */
    void copy(ProgramBuffer other) {
        words = Arrays.copyOf(words, Math.max(words.length, size + other.size));
        System.arraycopy(other.words, 0, words, size, other.size);
        size += other.size;
        reserve(other.tableSize);
        for (int i = 0; i < other.tableSize; i += TABLE_ENTRY) {
            int kind = other.table[i];
            entry(kind, other.table[i + 1] + responses[kind], other.table[i + 2]);
        }
        for (int kind = 0; kind < KINDS; kind++) {
            responses[kind] += other.responses[kind];
        }
        notes.addAll(other.notes);
    }

    void note(Note note) {
        notes.add(note);
    }

    boolean isNoted(String name) {
        return notes.stream().anyMatch(note -> note.name().equals(name));
    }

    /** Whether the last read of a kind has no barrier of its channel behind it. */
    boolean lacksBarrier(ResponseKind kind, Barrier channel) {
        if (responses(kind) == 0) {
            return false;
        }
        for (int i = size - 1; i >= 0; i--) {
            long word = words[i];
            ToFpga.Kind message = ToFpga.kind(word);
            if (message == ToFpga.Kind.BARRIER && (ToFpga.value(word) & channel.bit()) != 0) {
                return false;
            }
            if (kind == ResponseKind.OMNIBUS && message == ToFpga.Kind.OMNIBUS_ADDRESS && ToFpga.isRead(word)
                    || kind == ResponseKind.JTAG && message == ToFpga.Kind.JTAG_DATA && ToFpga.keepsResponse(word)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an instruction in here ends the static prediction of issue times. */
    boolean blocksWithoutBound() {
        return Arrays.stream(words, 0, size).anyMatch(word -> switch (ToFpga.kind(word)) {
            case BARRIER -> ToFpga.value(word) != 0;
            case POLLING_OMNIBUS_BLOCK, JTAG_INIT, JTAG_SCALER, JTAG_INS, JTAG_DATA -> true;
            default -> false;
        });
    }

    /** The program; the buffer is not to be used afterwards. */
    PlaybackProgram toProgram() {
        return new PlaybackProgram(Arrays.copyOf(words, size), responses, Arrays.copyOf(table, tableSize), notes);
    }
}
