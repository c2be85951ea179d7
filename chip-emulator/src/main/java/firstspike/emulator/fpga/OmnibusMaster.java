package firstspike.emulator.fpga;

import firstspike.emulator.digital.ChipTiming;
import java.util.Arrays;

/**
 * Launches register accesses of both spaces in order, within the limits of what may be in flight, and says when each is
 * complete (playback.md 4.4). What is issued while the chip cannot be reached stays pending, and so does everything behind
 * it, until {@link #release} launches it. Mutable; one owner thread.
 */
final class OmnibusMaster {

    /** Paths with a limit of their own: chip, FPGA register file, SPI, I2C. */
    static final int CHIP = 3;

    private static final int[] LIMIT = {8, 1, 1, 32};
    private static final long NEVER = TimedQueue.NEVER;
    private static final long NO_ANSWER = -1;

    private final ChipTiming timing;
    private final Target target;
    private final TimedQueue answers;
    private final long[][] done = new long[LIMIT.length][];
    private final int[] next = new int[LIMIT.length];
    private final int[] pendingOn = new int[LIMIT.length];
    private final TimedQueue pending;
    private final TimedQueue pendingAnswers;
    private long lastDone = Long.MIN_VALUE;
    private long lastChipLaunch = Long.MIN_VALUE;

    /**
     * @param timing durations
     * @param target performs the accesses
     * @param answers queue of Omnibus answers
     */
    OmnibusMaster(ChipTiming timing, Target target, TimedQueue answers) {
        this.timing = timing;
        this.target = target;
        this.answers = answers;
        pending = new TimedQueue();
        pendingAnswers = new TimedQueue();
        for (int path = 0; path < LIMIT.length; path++) {
            done[path] = new long[LIMIT[path]];
            Arrays.fill(done[path], Long.MIN_VALUE);
        }
    }

    /** A copy of the state for another target and queue. */
    OmnibusMaster copy(Target newTarget, TimedQueue newAnswers) {
        OmnibusMaster copy = new OmnibusMaster(timing, newTarget, newAnswers);
        for (int path = 0; path < LIMIT.length; path++) {
            System.arraycopy(done[path], 0, copy.done[path], 0, LIMIT[path]);
            copy.next[path] = next[path];
            copy.pendingOn[path] = pendingOn[path];
        }
        for (TimedQueue entries = pending.copy(); !entries.isEmpty(); entries.removeHead()) {
            copy.pending.add(entries.headTick(), entries.headTag(), entries.headValue());
            copy.pendingAnswers.add(0, 0, NO_ANSWER);
        }
        copy.lastDone = lastDone;
        copy.lastChipLaunch = lastChipLaunch;
        return copy;
    }

    /**
     * Earliest tick in which the next access can be launched.
     *
     * @param tick issue
     * @param path of the access
     * @param usableFrom when the chip can be reached
     * @return the launch tick; when the access would stay pending, the tick in which it is accepted; NEVER when it is not
     */
    long launch(long tick, int path, long usableFrom) {
        if (staysPending(tick, path, usableFrom)) {
            if (pendingOn[path] + inFlight(tick, path) < LIMIT[path]) {
                return tick;
            }
            if (usableFrom == NEVER) {
                return NEVER;
            }
            release(usableFrom);
        }
        long launch = Math.max(tick, done[path][next[path]]);
        return path == CHIP && lastChipLaunch != Long.MIN_VALUE
                ? Math.max(launch, lastChipLaunch + timing.chipInterval())
                : launch;
    }

    private boolean staysPending(long tick, int path, long usableFrom) {
        return !pending.isEmpty() || path == CHIP && usableFrom > tick;
    }

    private int inFlight(long tick, int path) {
        int count = 0;
        for (long complete : done[path]) {
            count += complete > tick ? 1 : 0;
        }
        return count;
    }

    /**
     * Launches a write in the tick that {@link #launch} gave.
     *
     * @return when it is complete, NEVER while it is pending
     */
    long write(long launch, int path, int address, int word, int byteEnables, long usableFrom) {
        return perform(launch, path, address, (long) byteEnables << 32 | word & 0xffff_ffffL, NO_ANSWER, usableFrom);
    }

    /**
     * Launches a read whose answer goes to the program.
     *
     * @return when it is complete, NEVER while it is pending
     */
    long read(long launch, int path, int address, long usableFrom) {
        long answer = answers.add(NEVER, 0, 0);
        return perform(launch, path, address, -1, answer, usableFrom);
    }

    /**
     * Launches a read whose value is only compared.
     *
     * @return the tick in which it samples
     */
    long poll(long launch, int path, int address) {
        complete(launch, path, NO_ANSWER, path == CHIP ? target.busTicks(address) : 0);
        return path == CHIP
                ? target.readChip(launch + timing.chipAccess(), address, ChipDownlink.POLL_READ)
                : launch + timing.fpgaAccess();
    }

    private long perform(long launch, int path, int address, long access, long answer, long usableFrom) {
        boolean held = staysPending(launch, path, usableFrom);
        if (path != CHIP) {
            accessFpga(launch, address, access, answer);
            if (held) {
                hold(launch, path, address, access, answer);
                return NEVER;
            }
            return complete(launch, path, answer, 0);
        }
        if (held) {
            hold(launch, path, address, access, answer);
            return NEVER;
        }
        return complete(launch, path, answer, accessChip(launch, address, access, answer));
    }

    private void hold(long launch, int path, int address, long access, long answer) {
        // an FPGA access has had its effect already; only its completion waits for the accesses before it
        pending.add(launch, path == CHIP ? address : ~path, access);
        pendingAnswers.add(launch, 0, answer);
        pendingOn[path]++;
    }

    private void accessFpga(long launch, int address, long access, long answer) {
        long tick = launch + timing.fpgaAccess();
        if (access >= 0) {
            target.writeFpga(tick, address, (int) access, (int) (access >>> 32));
        } else {
            target.readFpga(tick, address, answer);
        }
    }

    /** Performs a chip access and returns the ticks for which it holds the bus. */
    private int accessChip(long launch, int address, long access, long answer) {
        long tick = launch + timing.chipAccess();
        if (access >= 0) {
            target.writeChip(tick, address, (int) access, (int) (access >>> 32));
            return 0;
        }
        target.readChip(tick, address, answer);
        return target.busTicks(address);
    }

    private long complete(long launch, int path, long answer, int busTicks) {
        if (path == CHIP) {
            lastChipLaunch = launch + busTicks;
        }
        long own = launch + busTicks + (path == CHIP ? timing.chipDone() : timing.fpgaDone());
        lastDone = Math.max(lastDone, own);
        done[path][next[path]] = lastDone;
        next[path] = (next[path] + 1) % LIMIT[path];
        if (answer != NO_ANSWER && answers.holds(answer)) {
            answers.setTick(answer, lastDone);
        }
        return lastDone;
    }

    /** Whether anything waits for the chip to be reachable. */
    boolean hasPending() {
        return !pending.isEmpty();
    }

    /** Launches everything that is pending, from the given tick on. */
    void release(long usableFrom) {
        for (; !pending.isEmpty(); pending.removeHead(), pendingAnswers.removeHead()) {
            int tag = pending.headTag();
            boolean chip = tag >= 0;
            int path = chip ? CHIP : ~tag;
            long launch = chip ? launchReleased(usableFrom) : pending.headTick();
            pendingOn[path]--;
            int busTicks = chip ? accessChip(launch, tag, pending.headValue(), pendingAnswers.headValue()) : 0;
            complete(launch, path, pendingAnswers.headValue(), busTicks);
        }
    }

    private long launchReleased(long usableFrom) {
        long launch = Math.max(usableFrom, done[CHIP][next[CHIP]]);
        return lastChipLaunch == Long.MIN_VALUE ? launch : Math.max(launch, lastChipLaunch + timing.chipInterval());
    }

    /** Tick in which everything launched is complete, NEVER while something is pending. */
    long idleAt() {
        return pending.isEmpty() ? lastDone : NEVER;
    }

    /** Number of writes that never were launched. */
    long pendingWrites() {
        long writes = 0;
        for (TimedQueue entries = pending.copy(); !entries.isEmpty(); entries.removeHead()) {
            writes += entries.headTag() >= 0 && entries.headValue() >= 0 ? 1 : 0;
        }
        return writes;
    }

    /** Gives back the room that a large program took. */
    void trim() {
        pending.trim();
        pendingAnswers.trim();
    }

    /** Forgets what is pending: the link is made anew. */
    void discardPending() {
        pending.clear();
        pendingAnswers.clear();
        Arrays.fill(pendingOn, 0);
    }

    /** Forgets everything that is pending or in flight. */
    void forget() {
        discardPending();
        for (long[] ticks : done) {
            Arrays.fill(ticks, Long.MIN_VALUE);
        }
        lastDone = Long.MIN_VALUE;
        lastChipLaunch = Long.MIN_VALUE;
    }

    /** Performs accesses at their ticks. */
    interface Target {

        /** A write of an FPGA register takes effect. */
        void writeFpga(long tick, int address, int word, int byteEnables);

        /** An FPGA register is sampled for an answer. */
        void readFpga(long tick, int address, long answer);

        /** A write of a chip register takes effect. */
        void writeChip(long tick, int address, int word, int byteEnables);

        /**
         * Ticks for which a read holds the chip's bus beyond its own: later accesses are launched after them.
         *
         * @param address of the chip
         */
        int busTicks(int address);

        /**
         * A chip register is sampled.
         *
         * @param owner number of the answer, or {@link ChipDownlink#POLL_READ}
         * @return the tick
         */
        long readChip(long tick, int address, long owner);
    }
}
