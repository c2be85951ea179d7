package firstspike.runtime.recording.tap;

import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.InstructionSource;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ProgramSource;
import java.util.Arrays;

/**
 * When a program releases its spikes, found from its words alone (playback.md 4.1, 4.2): an instruction issues a tick after the
 * one before, or when a wait ends. Time zero is the first marker, or the first instruction where there is none. What a barrier
 * or a poll waits for is not known before the run and counts as a tick. Reuses its arrays; one owner thread.
 */
final class ProgramTimes {

    private static final long TIMER = ToFpga.timerSetup();
    private static final long MARKER = ToFpga.tick();
    private static final long ON_ADDRESS = ToFpga.omnibusWrite(StimulusProgram.RECORDING);
    private static final long ON_DATA = ToFpga.omnibusData(StimulusProgram.ON);
    private static final int FIRST = 1024;
    private static final int PACK = 3;

    private long[] ticks = new long[FIRST];
    private short[] labels = new short[FIRST];
    private int count;
    private long lastMarker;

    /** Walks a program. */
    void read(ProgramSource program) {
        count = 0;
        lastMarker = 0;
        long now = -1;
        long timerZero = 0;
        long zero = 0;
        boolean marked = false;
        InstructionSource words = program.open();
        while (words.next()) {
            long word = words.word();
            now++;
            ToFpga.Kind kind = ToFpga.kind(word);
            if (kind == null) {
                continue;
            }
            switch (kind) {
                case WAIT_UNTIL -> now = Math.max(now, timerZero + (word & ToFpga.MAX_WAIT));
                case TIMER_SETUP -> timerZero = now + 1;
                case LOOPBACK -> {
                    if (word == MARKER) {
                        zero = marked ? zero : now;
                        marked = true;
                        lastMarker = now - zero;
                    }
                }
                case SPIKE_PACK_1, SPIKE_PACK_2, SPIKE_PACK_3 -> pack(word, now);
                default -> {
                    // takes its tick
                }
            }
        }
        for (int i = 0; i < count && zero != 0; i++) {
            ticks[i] -= zero;
        }
    }

    private void pack(long word, long now) {
        int size = ToFpga.spikeCount(word);
        if (count + PACK > ticks.length) {
            ticks = Arrays.copyOf(ticks, 2 * ticks.length);
            labels = Arrays.copyOf(labels, 2 * labels.length);
        }
        for (int i = 0; i < size; i++) {
            ticks[count] = now;
            labels[count++] = (short) ToFpga.label(word, i);
        }
    }

    /** Number of spikes. */
    int count() {
        return count;
    }

    /** Release time of each spike after time zero; longer than {@link #count}. */
    long[] ticks() {
        return ticks;
    }

    /** Label of each spike; longer than {@link #count}. */
    short[] labels() {
        return labels;
    }

    /** Tick of the last marker, which ends the recording; 0 when there is none behind time zero. */
    long lastMarker() {
        return lastMarker;
    }

    /**
     * The words that change the chip before the program's own time begins: those before its first timer reset, without
     * switching the recording on, which every recorded program does.
     *
     * @param program to look at
     * @return the words; empty when it changes nothing
     */
    static long[] setUpOf(PlaybackProgram program) {
        int end = 0;
        while (end < program.size() && program.word(end) != TIMER) {
            end++;
        }
        if (end == program.size()) {
            return new long[0];
        }
        if (end >= 2 && program.word(end - 2) == ON_ADDRESS && program.word(end - 1) == ON_DATA) {
            end -= 2;
        }
        return Arrays.copyOf(program.words(), end);
    }
}
