package firstspike.runtime.mapping;

import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.ExperimentException.Code;
import firstspike.runtime.error.HealthFalsifiedException;
import java.util.Arrays;
import java.util.List;

/**
 * Turns input times into events of a batch (inloop.md 13 step 1): at most three events a tick and one a channel, for a bus
 * passes one event a tick; an event that finds its tick full takes the next free one. Events of one tick are placed in the
 * order of their rows. Reuses its arrays; one owner thread.
 */
public final class StimulusEncoder {

    private static final int PER_TICK = 3;
    private static final int CHANNELS = 4;
    private static final int CHANNEL_SHIFT = 14;
    /** More than any scheme has external events. */
    private static final int INDEX_BITS = 10;

    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;

    private final BatchTiming timing;
    private final double window;
    private final short[] labels = new short[1 << INDEX_BITS];
    private final int[][] rowsOfInput;
    private final long[] biasKeys;
    private final int eventsPerSpike;

    private long[] keys = new long[0];
    private long[] ticks = new long[0];
    private short[] sent = new short[0];
    private long[] ringTick = new long[0];
    private byte[] ringCount = new byte[0];

    StimulusEncoder(List<ExternalRow> externals, int inputs, BatchTiming timing) {
        this.timing = timing;
        window = timing.windowTicks() / timing.ticksPerTau();
        rowsOfInput = new int[inputs][0];
        long[] biases = new long[externals.size()];
        int biasCount = 0;
        for (ExternalRow row : externals) {
            labels[row.index()] = (short) row.label();
            if (row.isBias()) {
                biases[biasCount++] = key(row.biasTime(), row.index());
            } else {
                int[] rows = rowsOfInput[row.input()];
                rowsOfInput[row.input()] = Arrays.copyOf(rows, rows.length + 1);
                rowsOfInput[row.input()][rows.length] = row.index();
            }
        }
        biasKeys = Arrays.copyOf(biases, biasCount);
        eventsPerSpike =
                Arrays.stream(rowsOfInput).mapToInt(rows -> rows.length).max().orElse(0);
    }

    /**
     * Encodes the samples {@code from}, {@code from + step}, … of a batch.
     *
     * @param first borders of the samples, as of the executor's input spikes
     * @param source external input of each spike
     * @param time of each spike in units of tau
     * @param from first sample
     * @param step distance of samples
     * @return the events
     * @throws HealthFalsifiedException for a time that is not a number
     * @throws ExperimentException for a negative time, one at or after the end of the window, or an unknown input
     */
    public Stimulus encode(int[] first, short[] source, double[] time, int from, int step) {
        int samples = first.length - 1;
        int mine = from >= samples ? 0 : (samples - from + step - 1) / step;
        reserve(Math.addExact(
                Math.multiplyExact(eventsPerSpike, time.length), Math.multiplyExact(biasKeys.length, mine)));
        int count = 0;
        for (int sample = from, position = 0; sample < samples; sample += step, position++) {
            int start = count;
            long shift = (timing.offsetTicks() + position * timing.windowTicks()) << INDEX_BITS;
            for (int i = first[sample]; i < first[sample + 1]; i++) {
                int input = source[i] & 0xffff;
                check(sample, input, time[i]);
                for (int row : rowsOfInput[input]) {
                    keys[count++] = key(time[i], row) + shift;
                }
            }
            for (long bias : biasKeys) {
                keys[count++] = bias + shift;
            }
            Arrays.sort(keys, start, count);
        }
        return place(count);
    }

    private long key(double time, int row) {
        return (long) Math.rint(time * timing.ticksPerTau()) << INDEX_BITS | row;
    }

    private void check(int sample, int input, double time) {
        if (input >= rowsOfInput.length) {
            throw new ExperimentException(
                    Code.VALUE_OUT_OF_RANGE,
                    "input of a spike of sample " + sample,
                    input,
                    "0 to " + (rowsOfInput.length - 1),
                    "send spikes to inputs that the network has");
        }
        if (Double.isNaN(time)) {
            throw new HealthFalsifiedException(
                    HealthFalsifiedException.Code.HEALTH_FALSIFIED,
                    "time of input " + input + " of sample " + sample,
                    time,
                    "a number of tau",
                    "correct the data, or leave the spike out");
        }
        if (!(time >= 0 && time < window)) {
            throw new ExperimentException(
                    Code.VALUE_OUT_OF_RANGE,
                    "time of input " + input + " of sample " + sample + " in tau",
                    time,
                    "0 or more, below the window of " + window,
                    "correct the data, or raise chip.window_tau");
        }
    }

    private void reserve(int events) {
        if (keys.length < events) {
            keys = new long[events];
            ticks = new long[events];
            sent = new short[events];
            int ring = Math.max(1, Integer.highestOneBit(events) << 1);
            ringTick = new long[ring];
            ringCount = new byte[ring];
        }
        Arrays.fill(ringTick, -1);
    }

    private Stimulus place(int count) {
        int mask = ringTick.length - 1;
        long[] free = new long[CHANNELS];
        long moved = 0;
        long largest = 0;
        for (int i = 0; i < count; i++) {
            long due = keys[i] >> INDEX_BITS;
            short label = labels[(int) keys[i] & INDEX_MASK];
            int channel = (label & 0xffff) >> CHANNEL_SHIFT;
            // an event never overtakes an earlier one of its channel, so the ring holds all ticks that still matter
            long tick = Math.max(due, free[channel]);
            int slot = (int) tick & mask;
            while (ringTick[slot] == tick && ringCount[slot] == PER_TICK) {
                slot = (int) ++tick & mask;
            }
            ringCount[slot] = (byte) (ringTick[slot] == tick ? ringCount[slot] + 1 : 1);
            ringTick[slot] = tick;
            free[channel] = tick + 1;
            if (tick > due) {
                moved++;
                largest = Math.max(largest, tick - due);
            }
            insert(i, tick, label);
        }
        return new Stimulus(count, ticks, sent, moved, largest);
    }

    /** Keeps the events in the order of their ticks; they are nearly so already. */
    private void insert(int at, long tick, short label) {
        int i = at;
        while (i > 0 && ticks[i - 1] > tick) {
            ticks[i] = ticks[i - 1];
            sent[i] = sent[i - 1];
            i--;
        }
        ticks[i] = tick;
        sent[i] = label;
    }
}
