package firstspike.emulator.fpga;

import firstspike.emulator.digital.ChipEffects;

/**
 * Everything that is on its way to the chip: one queue a path, each in the order of its ticks, joined in the order of
 * playback.md 12 when the chip takes it. Mutable; one owner thread.
 */
final class ChipDownlink {

    /** Owner of a read's value: the program's answer of that number, JTAG, or the polling block. */
    static final long JTAG_READ = -1;

    static final long POLL_READ = -2;

    private static final ChipEffects.Kind[] KINDS = ChipEffects.Kind.values();

    private final TimedQueue control;
    private final TimedQueue synchronisations;
    private final TimedQueue omnibus;
    private final TimedQueue omnibusOwners;
    private final TimedQueue jtag;
    private final TimedQueue spikes;
    private final TimedQueue readOwners;

    ChipDownlink() {
        control = new TimedQueue();
        synchronisations = new TimedQueue();
        omnibus = new TimedQueue();
        omnibusOwners = new TimedQueue();
        jtag = new TimedQueue();
        spikes = new TimedQueue();
        readOwners = new TimedQueue();
    }

    private ChipDownlink(ChipDownlink other) {
        control = other.control.copy();
        synchronisations = other.synchronisations.copy();
        omnibus = other.omnibus.copy();
        omnibusOwners = other.omnibusOwners.copy();
        jtag = other.jtag.copy();
        spikes = other.spikes.copy();
        readOwners = other.readOwners.copy();
    }

    ChipDownlink copy() {
        return new ChipDownlink(this);
    }

    /** Forgets everything. */
    void clear() {
        control.clear();
        synchronisations.clear();
        omnibus.clear();
        omnibusOwners.clear();
        jtag.clear();
        spikes.clear();
        readOwners.clear();
    }

    /** Gives back the room that a large program took. */
    void trim() {
        control.trim();
        synchronisations.trim();
        omnibus.trim();
        omnibusOwners.trim();
        jtag.trim();
        spikes.trim();
        readOwners.trim();
    }

    /** Adds a control effect that issues now. */
    void control(long tick, ChipEffects.Kind kind, long value) {
        control.add(tick, kind.ordinal(), value);
    }

    /** Adds the end of a synchronisation. */
    void synchronise(long tick) {
        synchronisations.add(tick, 0, 0);
    }

    /** Adds a register write over the links. */
    void write(long tick, int address, int word, int byteEnables) {
        omnibus.add(tick, address, packed(word, byteEnables));
    }

    /**
     * Adds a register read over the links.
     *
     * @param owner number of the answer, or {@link #POLL_READ}
     */
    void read(long tick, int address, long owner) {
        omnibus.add(tick, address, -1);
        omnibusOwners.add(tick, 0, owner);
    }

    /** Adds a register write over JTAG. */
    void writeOverJtag(long tick, int address, int word) {
        jtag.add(tick, address, packed(word, 15));
    }

    /** Adds a register read over JTAG. */
    void readOverJtag(long tick, int address) {
        jtag.add(tick, address, -1);
    }

    /** Adds a spike pack. */
    void spikes(long tick, long pack) {
        spikes.add(tick, 0, pack);
    }

    /**
     * Owner of the read value that comes next from the chip.
     *
     * @return number of the answer, or one of the constants
     */
    long nextReadOwner() {
        long owner = readOwners.headValue();
        readOwners.removeHead();
        return owner;
    }

    /**
     * Moves all effects before a tick into columns.
     *
     * @param untilTick exclusive
     * @param effects receives them in order
     * @param watcher is told what changes the FPGA's view of time, in the same order
     */
    void drain(long untilTick, ChipEffects effects, Watcher watcher) {
        while (true) {
            long nextControl = Math.min(control.headTick(), synchronisations.headTick());
            long nextAccess = Math.min(omnibus.headTick(), jtag.headTick());
            long next = Math.min(Math.min(nextControl, nextAccess), spikes.headTick());
            if (next >= untilTick) {
                return;
            }
            if (nextControl == next) {
                drainControl(next, effects, watcher);
            } else if (nextAccess == next) {
                if (omnibus.headTick() == next) {
                    drainAccess(omnibus, effects, watcher);
                } else {
                    drainAccess(jtag, effects, watcher);
                }
            } else {
                effects.add(next, ChipEffects.Kind.SPIKES, spikes.headValue());
                spikes.removeHead();
            }
        }
    }

    private void drainControl(long tick, ChipEffects effects, Watcher watcher) {
        if (synchronisations.headTick() == tick) {
            effects.add(tick, ChipEffects.Kind.SYNCHRONISED, 2 * watcher.synchronised(tick));
            synchronisations.removeHead();
            return;
        }
        ChipEffects.Kind kind = KINDS[control.headTag()];
        watcher.control(tick, kind);
        effects.add(tick, kind, control.headValue());
        control.removeHead();
    }

    private void drainAccess(TimedQueue queue, ChipEffects effects, Watcher watcher) {
        long tick = queue.headTick();
        int address = queue.headTag();
        long value = queue.headValue();
        queue.removeHead();
        if (value >= 0) {
            watcher.written(address, (int) value, (int) (value >>> 32));
            effects.write(tick, address, (int) value, (int) (value >>> 32));
            return;
        }
        effects.read(tick, address);
        if (queue == omnibus) {
            readOwners.add(tick, 0, omnibusOwners.headValue());
            omnibusOwners.removeHead();
        } else {
            readOwners.add(tick, 0, JTAG_READ);
        }
    }

    private static long packed(int word, int byteEnables) {
        return (long) byteEnables << 32 | word & 0xffff_ffffL;
    }

    /** Is told what passes, in the order of time. */
    interface Watcher {

        /**
         * A synchronisation ends.
         *
         * @return the system time that both counters get, ticks
         */
        long synchronised(long tick);

        /** A control effect passes. */
        void control(long tick, ChipEffects.Kind kind);

        /** A register write passes. */
        void written(int address, int word, int byteEnables);
    }
}
