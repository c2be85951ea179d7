package firstspike.emulator.ppu;

/**
 * The two processors of a chip in the order of their time: at equal times the top one comes first (ppu.md 5.2). Mutable;
 * owned by the thread of its chip.
 */
public final class Processors {
    private final Processor top;
    private final Processor bottom;

    /**
     * @param top processor 0
     * @param bottom processor 1
     */
    public Processors(Processor top, Processor bottom) {
        this.top = top;
        this.bottom = bottom;
    }

    /** Processor 0 (top) or 1 (bottom). */
    public Processor of(int index) {
        return index == 0 ? top : bottom;
    }

    /** Half-tick at which one of them acts next; {@link Processor#NEVER} when none will. */
    public long next() {
        return Math.min(top.next(), bottom.next());
    }

    /**
     * Both do what is due at a time, and run ahead on their own memories.
     *
     * @param now half-tick that the chip has reached
     * @param until half-tick, exclusive, at which somebody else may touch their memories
     */
    public void run(long now, long until) {
        while (true) {
            long first = top.next();
            long second = bottom.next();
            boolean isTop = first <= second;
            if (Math.min(first, second) >= until) {
                return;
            }
            // Neither may pass the other: it could write where the other one reads.
            boolean got = isTop ? top.run(Math.min(until, add(second)), now) : bottom.run(Math.min(until, first), now);
            if (!got) {
                return;
            }
        }
    }

    private static long add(long time) {
        return time == Processor.NEVER ? time : time + 1;
    }
}
