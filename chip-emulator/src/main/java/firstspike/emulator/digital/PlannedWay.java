package firstspike.emulator.digital;

import firstspike.emulator.analog.NeuronArray;
import firstspike.emulator.analog.PlannedNodes;
import firstspike.emulator.analog.PlannedPulse;
import firstspike.emulator.analog.SynapticFan;
import firstspike.emulator.clock.DelayRing;
import firstspike.emulator.planned.LayerGroup;
import java.util.Arrays;

/**
 * The planned way through stretches in which nothing but spikes comes: the same half-ticks and phases as {@link DigitalChip}, the
 * same queues, rings and counters, but nodes move in groups and events that meet nobody go straight through the crossbar.
 * It can be left at any tick; the general way goes on from the same state. Owned by one thread.
 */
final class PlannedWay {
    private static final long NEVER = Long.MAX_VALUE;
    private static final int EVENTS = 1 << 14;
    private static final int SPIKE_COUNT_BASE = 12;
    private static final int LABEL_MASK = 0x3FFF;
    /** Fewer packs than this in a row are not worth the way in and out. */
    private static final int LEAST_PACKS = 8;
    /** A group that only neurons feed is looked at this many half-ticks ahead. */
    private static final long INNER_LOOK = 40;
    /** L2 events are handed on at the latest when so many wait. */
    private static final int MOST_LEAVING = 1 << 12;

    private final ChipState state;
    private final PlannedNodes nodes;
    private final PlannedPulse[] pulses;
    private DirectCrossbar direct;
    private final boolean[] plainFire = new boolean[512];
    private final boolean[] fed = new boolean[64];

    private long nextInstant;
    private long checkedUntil;
    private long presented;
    private long lastPack;
    private boolean suits;
    private long arrangedAt = -1;
    private final int[] firedGenerally = new int[512];

    PlannedWay(ChipState state) {
        this.state = state;
        nodes = state.neurons.planned();
        pulses = new PlannedPulse[EVENTS];
        direct = new DirectCrossbar(state.crossbar);
    }

    /** The way of a window of another chip, whose registers nobody writes meanwhile: it shares what follows from them. */
    PlannedWay(ChipState state, PlannedWay other) {
        this.state = state;
        nodes = state.neurons.planned();
        pulses = other.pulses;
        direct = other.direct.over(state.crossbar);
        suits = other.suits;
        arrangedAt = other.arrangedAt;
        System.arraycopy(other.plainFire, 0, plainFire, 0, plainFire.length);
        System.arraycopy(other.fed, 0, fed, 0, fed.length);
    }

    /** Whether the groups hold the state of their nodes. */
    boolean isOpen() {
        return nodes.isEntered();
    }

    /** Whether a run of effects is worth it. */
    static boolean pays(int packs) {
        return packs >= LEAST_PACKS;
    }

    // ---- in and out ------------------------------------------------------------------------------------------------

    /** Goes the planned way from a tick on, if everything that is under way can go it too. */
    boolean open(long tick) {
        NeuronArray neurons = state.neurons;
        if (state.processors.any()
                || state.sources.any()
                || state.plasticity.any()
                || state.converters.nextHalfTick() != NEVER
                || state.registerPulses.size() + state.hookedCrossings.size() != 0
                || state.pulses.isProbed()
                || neurons.correlation().armed()
                || neurons.anyStepped()
                || nodes.isSettling()) {
            return false;
        }
        if (arrangedAt != state.registers.settingsVersion() || nodes.isStale()) {
            arrange();
        }
        return suits && nodes.groups().length > 0 && nodes.enter(2 * tick);
    }

    /** Goes back to the general way; everything before a tick has happened. */
    void close() {
        direct.flush();
        nodes.leave();
    }

    private void arrange() {
        arrangedAt = state.registers.settingsVersion();
        suits = state.registers.biasComplete()
                && !state.crossbar.isAnySlow()
                && state.timing.nodeFifo() > 1
                && state.pulses.areAllPlain()
                && !state.backends.anySlaves();
        direct.forgetRoutes();
        Arrays.fill(pulses, null);
        Arrays.fill(fed, false);
        if (suits) {
            nodes.arrange(SynapseReach.of(state.registers));
            for (int c = 0; c < plainFire.length; c++) {
                plainFire[c] = state.backends.isPlain(c);
            }
        }
    }

    private PlannedPulse pulse(int event) {
        PlannedPulse pulse = pulses[event];
        if (pulse == null || pulse.made() != state.registers.weightsVersion()) {
            SynapticFan[] fans = state.pulses.fans(event);
            long version = state.registers.weightsVersion();
            pulse = pulse != null && nodes.holds(pulse, fans) ? pulse.at(version) : nodes.pulse(fans, version);
            pulses[event] = pulse;
        }
        return pulse;
    }

    // ---- time ------------------------------------------------------------------------------------------------------

    /**
     * Runs half-ticks.
     *
     * @param now half-tick reached
     * @param from first effect
     * @param to effect behind the last one; all are packs of spikes
     * @param limit half-tick before which it stops
     * @return number of half-ticks in which something happened
     */
    long run(long now, ChipEffects effects, int from, int to, long limit, LeavingEvents leaving) {
        EventOutputs outputs = state.backends.outputs();
        Crossbar crossbar = state.crossbar;
        ChannelQueues channels = state.channels;
        DelayRing ring = state.crossbarPulses;
        int next = from;
        long steps = 0;
        long reached = now;
        times();
        while (true) {
            long h;
            if (outputs.any() || crossbar.activeOutputs() != 0 || channels.waiting() != 0) {
                h = reached + 1;
            } else {
                h = next < to ? 2 * effects.tick(next) : NEVER;
                h = Math.min(h, ring.size() > 0 ? 2 * ring.nextTick() : NEVER);
                h = Math.min(h, direct.takeTick() != NEVER ? 2 * direct.takeTick() : NEVER);
                h = Math.min(h, state.neurons.nextFiring());
                h = Math.max(Math.min(h, nextInstant), reached + 1);
            }
            if (checkedUntil < h && checkedUntil < limit) {
                check(h);
                continue;
            }
            if (h >= limit) {
                break;
            }
            steps++;
            reached = h;
            boolean even = (h & 1) == 0;
            long tick = h >> 1;
            if (even && ring.size() > 0 && ring.nextTick() == tick) {
                pulses(tick, h, lastPack > tick ? h + 2 : expected(effects, next, to));
            }
            if (nextInstant <= h || state.neurons.nextFiring() <= h) {
                fire(h);
            }
            if (even) {
                boolean only = next + 1 >= to || effects.tick(next + 1) != tick;
                while (next < to && effects.tick(next) == tick) {
                    arrive(effects.value(next++), tick, only);
                }
            }
            if (channels.waiting() != 0) {
                direct.flush();
                channels.move(crossbar);
            }
            if (outputs.any()) {
                presented = h + 1 >> 1;
                outputs.present(this, crossbar);
            }
            if (even && (direct.takeTick() == tick || crossbar.activeOutputs() != 0)) {
                take(tick);
                if (state.leaving.size() > MOST_LEAVING) {
                    leaving.before(tick);
                }
            }
        }
        direct.flush();
        leaving.before(limit >> 1);
        return steps;
    }

    private long expected(ChipEffects effects, int next, int to) {
        return next < to ? 2 * (effects.tick(next) + state.timing.crossbar() + state.timing.padi()) : NEVER;
    }

    private void times() {
        long instant = NEVER;
        long checked = NEVER;
        for (LayerGroup group : nodes.groups()) {
            instant = Math.min(instant, group.nextInstant());
            checked = Math.min(checked, group.checkedUntil());
        }
        nextInstant = instant;
        checkedUntil = checked;
    }

    private void check(long h) {
        for (LayerGroup group : nodes.groups()) {
            if (group.checkedUntil() < h) {
                group.check();
            }
        }
        times();
    }

    /** Phase 2: drivers pulse. */
    private void pulses(long tick, long h, long nextPack) {
        DelayRing ring = state.crossbarPulses;
        int touched = 0;
        int synapses = 0;
        boolean outside = false;
        while (ring.size() > 0 && ring.nextTick() == tick) {
            int event = ring.take();
            int bus = event >> 14;
            if (!state.buses.listensToCrossbar(bus) || !state.buses.accepts(bus, tick)) {
                continue;
            }
            int number = bus << 11 | event & 0x7FF;
            PlannedPulse pulse = pulse(number);
            for (int k = 0; k < pulse.groups(); k++) {
                int g = pulse.group(k);
                nodes.groups()[g].add(pulse.column(k));
                fed[g] |= direct.fromChannels(number);
                touched |= 1 << g;
            }
            synapses += pulse.synapses();
            if (pulse.outside() != null) {
                state.neurons.pulse(pulse.outside(), 1, h);
                outside = true;
            }
        }
        state.neurons.count(0, synapses);
        for (int left = touched; left != 0; left &= left - 1) {
            int g = Integer.numberOfTrailingZeros(left);
            nodes.groups()[g].event(h, fed[g] ? nextPack : h + INNER_LOOK);
            handOn(nodes.groups()[g]);
        }
        if (outside) {
            state.neurons.pulsesDone(h);
        }
        times();
    }

    /** Phase 3: comparators. */
    private void fire(long h) {
        for (LayerGroup group : nodes.groups()) {
            if (group.nextInstant() <= h) {
                group.fireDue(h);
                handOn(group);
            }
        }
        if (state.neurons.nextFiring() <= h) {
            int count = state.neurons.takeFirings(h, firedGenerally);
            for (int i = 0; i < count; i++) {
                handOn(firedGenerally[i]);
            }
        }
        times();
    }

    private void handOn(LayerGroup group) {
        int count = group.firedCount();
        if (count > 0) {
            for (int i = 0; i < count; i++) {
                handOn(group.fired(i));
            }
            group.clearFired();
            state.neurons.count(count, 0);
        }
    }

    private void handOn(int circuit) {
        if (plainFire[circuit]) {
            state.backends.counters().increment(circuit);
            state.backends.outputs().fire(circuit);
        } else {
            state.backends.fire(circuit);
        }
    }

    /**
     * Phase 4: a pack enters; its events go on at once where no two share a channel and none waits.
     *
     * @param only whether it is the only one of its tick
     */
    private void arrive(long word, long tick, boolean only) {
        int count = (int) (word >>> 56) - SPIKE_COUNT_BASE;
        lastPack = tick + state.timing.crossbar() + state.timing.padi();
        int seen = 0;
        boolean single = only && state.channels.waiting() == 0;
        for (int i = count - 1; i >= 0; i--) {
            int bit = 1 << ((int) (word >>> 16 * i + 14) & 3);
            single &= (seen & bit) == 0;
            seen |= bit;
        }
        for (int i = count - 1; i >= 0; i--) {
            int label = (int) (word >>> 16 * i) & 0xFFFF;
            if (single) {
                direct.fromChannel(label >> 14, label & LABEL_MASK, tick);
            } else {
                state.channels.offer(label, state.crossbar);
            }
        }
    }

    /** Phase 5: an event output presents. */
    void present(int output, int label) {
        direct.fromNeuron(output, label, presented);
    }

    /** Phase 6: every output takes one event. */
    private void take(long tick) {
        long out = tick + state.timing.crossbar();
        if (state.crossbar.activeOutputs() == 0) {
            for (int left = direct.take(tick); left != 0; left &= left - 1) {
                int output = Integer.numberOfTrailingZeros(left);
                put(output, direct.label(output), out);
            }
            return;
        }
        direct.flush();
        for (int left = state.crossbar.activeOutputs(); left != 0; left &= left - 1) {
            int output = Integer.numberOfTrailingZeros(left);
            int label = state.crossbar.take(output, tick);
            if (label >= 0) {
                put(output, label, out);
            }
        }
    }

    private void put(int output, int label, long out) {
        if (output >= Crossbar.FIRST_L2_OUTPUT) {
            state.leaving.add(out, output - Crossbar.FIRST_L2_OUTPUT << 14 | label);
        } else {
            state.crossbarPulses.add(out + state.timing.padi(), DriverPulses.event(output, label));
        }
    }
}
