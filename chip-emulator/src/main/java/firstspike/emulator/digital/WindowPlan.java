package firstspike.emulator.digital;

import java.util.Arrays;

/**
 * Where the effects of a stretch of time are cut into windows: inside the longest run of spikes and timer resets, at
 * gaps in which every node may come to rest (analog.md 9). Immutable.
 */
final class WindowPlan {
    private final int begin;
    private final int end;
    private final long gapTicks;
    private final int[] cuts;

    private WindowPlan(int begin, int end, long gapTicks, int[] cuts) {
        this.begin = begin;
        this.end = end;
        this.gapTicks = gapTicks;
        this.cuts = cuts;
    }

    /** The longest run of effects that change no setting, not cut. It shares no tick with other effects. */
    static WindowPlan longestRun(ChipEffects effects) {
        int begin = 0;
        int end = 0;
        int from = 0;
        for (int i = 0; i <= effects.size(); i++) {
            if (i == effects.size() || !changesNothing(effects.kind(i))) {
                if (i - from > end - begin) {
                    begin = from;
                    end = i;
                }
                from = i + 1;
            }
        }
        while (begin < end && begin > 0 && effects.tick(begin) == effects.tick(begin - 1)) {
            begin++;
        }
        while (begin < end && end < effects.size() && effects.tick(end) == effects.tick(end - 1)) {
            end--;
        }
        return new WindowPlan(begin, end, Long.MAX_VALUE, new int[0]);
    }

    private static boolean changesNothing(ChipEffects.Kind kind) {
        return kind == ChipEffects.Kind.SPIKES || kind == ChipEffects.Kind.TIMER_RESET;
    }

    /**
     * Cuts the run into windows of about equal numbers of effects.
     *
     * @param gapTicks least distance of the first effect of a window from the spike before it
     * @param windows how many are wished for
     * @param least effects in a window
     */
    WindowPlan cut(ChipEffects effects, long gapTicks, int windows, int least) {
        int wished = Math.max(least, (size() + windows - 1) / windows);
        int[] found = new int[size() / wished + 1];
        int count = 0;
        int last = begin;
        for (int i = begin + wished; i <= end - least; i++) {
            if (i - last >= wished && isGap(effects, i, gapTicks)) {
                found[count++] = i;
                last = i;
            }
        }
        return new WindowPlan(begin, end, gapTicks, Arrays.copyOf(found, count));
    }

    /** The last effect in front of which there is a gap, before one of the effects; the first of all if there is none. */
    int gapBefore(ChipEffects effects, int effect) {
        int i = Math.max(begin, effect - 1);
        while (i > begin && !isGap(effects, i, gapTicks)) {
            i--;
        }
        return i;
    }

    private static boolean isGap(ChipEffects effects, int i, long gapTicks) {
        return effects.kind(i - 1) == ChipEffects.Kind.SPIKES && effects.tick(i) - effects.tick(i - 1) >= gapTicks;
    }

    /** Number of effects in the run. */
    int size() {
        return end - begin;
    }

    /** Number of windows, the first one included. */
    int windows() {
        return cuts.length + 1;
    }

    /** First effect of a window. */
    int first(int window) {
        return window == 0 ? begin : cuts[window - 1];
    }

    /** Effect behind a window. */
    int last(int window) {
        return window == cuts.length ? end : cuts[window];
    }
}
