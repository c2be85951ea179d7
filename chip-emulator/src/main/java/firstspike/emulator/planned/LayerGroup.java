package firstspike.emulator.planned;

import java.util.Arrays;

/**
 * Nodes that the same events reach, one lane each, with one pair of time constants and one clock: the half-tick of the last
 * event (analog.md 9). An event moves all lanes by the same factors; a tangent tells which of them may cross before the next event is
 * expected, and only those are solved. A lane in its reset has an infinite threshold instead of a mask. Mutable; owned by
 * one thread.
 *
 * <p>Potentials are measured from rest, currents are net and over capacitance. The tangent is exact as a bound: with a
 * current above 0 a membrane is concave while it rises, with one at or below 0 it cannot pass a threshold above 0. An event that comes sooner
 * than expected does no harm, for it tests anew; where none comes, {@link #check} looks further ahead.
 */
public final class LayerGroup {
    /** No instant. */
    public static final long NEVER = Long.MAX_VALUE;

    static final double HALF_TICK_S = 4e-9;
    /** Long before any program. */
    static final long LONG_AGO = Long.MIN_VALUE / 4;

    private static final int BLOCK = 8;
    /** Where the next event is farther than this, in half-ticks, all lanes that can cross are solved at once. */
    private static final long FARTHEST_LOOK = 4096;

    private static final long FIRST_LOOK = 16;
    private static final double FARTHEST_CROSSING = 1e12;
    /** After this many tau_s an event adds nothing to a current that a double could hold. */
    private static final double FADED_TAUS = 45;

    private final GroupConstants constants;
    private final int lanes;
    private final int[] circuit;
    private final double inverseTauM;
    private final double inverseTauS;
    private final double peak;
    private final double low;
    private final double high;
    private final MembraneResponse response;
    private final DecayTables tables;
    private final CrossingRoot root;

    private final double[] u;
    private final double[] j;
    /** Threshold in force, infinite in a reset. */
    private final double[] theta;

    private final double[] freeTheta;
    private final double[] resetU;
    /** How far the tangent passes the threshold by the next event. */
    private final double[] excess;

    private final long[] refractoryEnd;
    private final double[] refractoryFraction;
    private final long[] firstEvent;
    private final long[] lastEvent;
    /** Instant from which on a lane has a state: it was last put to rest here. */
    private final long[] restedAt;
    /** The last event or reset of a lane that was not put to rest came here or later. */
    private long oldest;

    private final EventLog log = new EventLog();
    private final PendingCrossings pending;
    private final ResetRing resets;

    private PulseColumn[] pulses = new PulseColumn[BLOCK];
    private int pulseCount;
    /** Pulses of the present event, the first of {@link #pulses}. */
    private int present;

    private final double[] sum;
    private final int[] hits;
    private final int[] settledLane;
    private final double[] settledU;

    private final int[] fired;
    private int firedCount;

    private long clock;
    private long checked = NEVER;
    private long look;
    private long nextCrossing = NEVER;
    private long nextRelease = NEVER;

    /**
     * A group all of whose lanes are at rest.
     *
     * @param constants of all of them
     * @param circuit that fires, by lane
     * @param threshold from rest, above 0, by lane
     * @param resetU potential from rest during the clamp, by lane
     * @param low lower rail from rest, of the lane for which it is highest
     * @param high upper rail from rest, of the lane for which it is lowest
     */
    public LayerGroup(
            GroupConstants constants, int[] circuit, double[] threshold, double[] resetU, double low, double high) {
        this.constants = constants;
        this.circuit = circuit;
        this.low = low;
        this.high = high;
        lanes = circuit.length;
        response = new MembraneResponse(constants.tauM(), constants.tauS());
        inverseTauM = response.inverseTauM;
        inverseTauS = response.inverseTauS;
        peak = constants.peak();
        tables = new DecayTables(response);
        root = new CrossingRoot(response);
        int padded = paddedLanes();
        u = new double[padded];
        j = new double[padded];
        theta = new double[padded];
        excess = new double[padded];
        sum = new double[padded];
        freeTheta = Arrays.copyOf(threshold, lanes);
        this.resetU = Arrays.copyOf(resetU, lanes);
        refractoryEnd = new long[lanes];
        refractoryFraction = new double[lanes];
        firstEvent = new long[lanes];
        lastEvent = new long[lanes];
        restedAt = new long[lanes];
        pending = new PendingCrossings(lanes);
        resets = new ResetRing(lanes);
        hits = new int[padded / BLOCK];
        settledLane = new int[lanes];
        settledU = new double[lanes];
        fired = new int[4 * lanes];
        Arrays.fill(theta, lanes, padded, Double.POSITIVE_INFINITY);
        begin(0);
    }

    // ---- in and out ------------------------------------------------------------------------------------------------

    /** Number of lanes. */
    public int lanes() {
        return lanes;
    }

    /** Length of the arrays of a {@link PulseColumn} for this group. */
    public int paddedLanes() {
        return (lanes + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** Puts all lanes to rest, with nothing known of the past; the clock stands at an even half-tick. */
    public void begin(long h) {
        clock = h;
        Arrays.fill(u, 0);
        Arrays.fill(j, 0);
        System.arraycopy(freeTheta, 0, theta, 0, lanes);
        Arrays.fill(refractoryEnd, LONG_AGO);
        Arrays.fill(refractoryFraction, 0);
        Arrays.fill(firstEvent, NEVER);
        Arrays.fill(lastEvent, LONG_AGO);
        Arrays.fill(restedAt, LONG_AGO);
        oldest = NEVER;
        log.clear();
        pending.clear();
        resets.clear();
        firedCount = 0;
        pulseCount = 0;
        checked = NEVER;
        nextCrossing = NEVER;
        nextRelease = NEVER;
    }

    /**
     * Sets the state of a lane after {@link #begin}, at the clock.
     *
     * @param last its last event or change, half-tick
     * @param end of its last refractory period, half-tick, with a fraction
     */
    public void enter(int s, double potential, double current, long last, long end, double fraction) {
        u[s] = potential;
        j[s] = current;
        lastEvent[s] = last;
        refractoryEnd[s] = end;
        refractoryFraction[s] = fraction;
        oldest = Math.min(oldest, last);
    }

    /** Tells that a lane that was entered is in its reset; to be called in the order of the ends of refractory periods. */
    public void enterReset(int s) {
        long spike = refractoryEnd[s] - constants.refractoryHalfTicks();
        theta[s] = Double.POSITIVE_INFINITY;
        resets.add(s, spike, refractoryFraction[s]);
        if (spike + constants.clampHalfTicks() < clock) {
            resets.unsettled = resets.end;
        }
        nextRelease = Math.min(nextRelease, refractoryEnd[s] + 1);
    }

    /** All lanes are entered: looks for crossings from the clock on. */
    public void entered() {
        checkAll();
    }

    /** Half-tick of the last event. */
    public long clock() {
        return clock;
    }

    /** Potential of a lane from rest at the clock; that of the clamp where that has not ended before. */
    public double potential(int s) {
        return u[s];
    }

    /** Net current over capacitance of a lane at the clock, V/s. */
    public double current(int s) {
        return j[s];
    }

    /** Whether a lane is held at its reset potential at the clock, so that {@link #potential} counts from the end of that. */
    public boolean isClamped(int s) {
        return theta[s] == Double.POSITIVE_INFINITY
                && refractoryEnd[s] - constants.refractoryHalfTicks() + constants.clampHalfTicks() >= clock;
    }

    /** Whether a lane that is not clamped may not fire yet. */
    public boolean isHeldOff(int s) {
        return theta[s] == Double.POSITIVE_INFINITY && !isClamped(s);
    }

    /** End of the last refractory period of a lane, half-tick. */
    public long refractoryEnd(int s) {
        return refractoryEnd[s];
    }

    /** Fraction of a half-tick that belongs to {@link #refractoryEnd}. */
    public double refractoryFraction(int s) {
        return refractoryFraction[s];
    }

    /** Brings the times of events up to date for {@link #firstEvent} and {@link #lastEvent}. */
    public void fold() {
        log.fold(firstEvent, lastEvent, lanes);
    }

    /** First event of a lane since {@link #begin}, half-tick; {@link #NEVER}: none. */
    public long firstEvent(int s) {
        return firstEvent[s];
    }

    /** Last event of a lane, half-tick. */
    public long lastEvent(int s) {
        return lastEvent[s];
    }

    /** Events that may still be felt at the clock, oldest first. */
    public int loggedEvents() {
        return log.size();
    }

    /** The column of a logged event. */
    public PulseColumn loggedPulse(int i) {
        return log.column(i);
    }

    /** Half-tick of a logged event. */
    public long loggedAt(int i) {
        return log.at(i);
    }

    /** Half-tick at which a lane was put to rest last: events before it are not felt. */
    public long restedAt(int s) {
        return restedAt[s];
    }

    /** Potential from rest during the clamp of a lane. */
    public double resetPotential(int s) {
        return resetU[s];
    }

    /** Whether an event so many half-ticks before the clock still adds to a current what a double can hold. */
    public boolean isFelt(long age) {
        return age * HALF_TICK_S <= FADED_TAUS * constants.tauS();
    }

    // ---- time ------------------------------------------------------------------------------------------------------

    /** The earliest half-tick at which {@link #fireDue} has to be called. */
    public long nextInstant() {
        return Math.min(nextCrossing, nextRelease);
    }

    /** Half-tick up to which {@link #nextInstant} holds if no event comes; then {@link #check} has to be called. */
    public long checkedUntil() {
        return checked;
    }

    /** Circuits that fired since {@link #clearFired}, in the order of their crossings. */
    public int firedCount() {
        return firedCount;
    }

    /** Circuit number i that fired. */
    public int fired(int i) {
        return fired[i];
    }

    /** Forgets what fired. */
    public void clearFired() {
        firedCount = 0;
    }

    /** Adds a pulse to the next {@link #event}. */
    public void add(PulseColumn column) {
        if (pulseCount == pulses.length) {
            pulses = Arrays.copyOf(pulses, 2 * pulseCount);
        }
        pulses[pulseCount++] = column;
    }

    /**
     * The pulses that were added reach the lanes.
     *
     * @param h half-tick, even, after that of the event before
     * @param next half-tick of the event that is expected next
     */
    public void event(long h, long next) {
        fireDue(h);
        rest(h);
        if (log.isFull()) {
            fold();
            log.forget(h - (long) (FADED_TAUS * constants.tauS() / HALF_TICK_S));
        }
        double[] w = takePulses(h);
        int settled = settle(h);
        tables.take(h - clock);
        clock = h;
        pending.clear();
        nextCrossing = NEVER;
        long d = next == NEVER ? NEVER : next - h & ~1L;
        boolean far = d > FARTHEST_LOOK || d < 0;
        double seconds = far ? 0 : d * HALF_TICK_S;
        int hit = advance(w, seconds);
        hit = placeSettled(settled, hit, seconds);
        if (far) {
            checkAll();
        } else {
            look = d;
            checked = h + d;
            solveHits(hit, d);
        }
    }

    private double[] takePulses(long h) {
        double[] w = pulses[0].net;
        present = pulseCount;
        log.add(pulses[0], h);
        if (pulseCount > 1) {
            System.arraycopy(w, 0, sum, 0, sum.length);
            w = sum;
            for (int i = 1; i < pulseCount; i++) {
                double[] more = pulses[i].net;
                for (int s = 0; s < sum.length; s++) {
                    sum[s] += more[s];
                }
                log.add(pulses[i], h);
            }
        }
        pulseCount = 0;
        return w;
    }

    /** The rest rule: lanes at rest at h stand exactly there; looked at only when the oldest event is as long ago. */
    private void rest(long h) {
        double span = constants.restHalfTicks();
        if (h - oldest >= span) {
            fold();
            oldest = NEVER;
            for (int s = 0; s < lanes; s++) {
                if (h - lastEvent[s] >= span && h - refractoryEnd[s] - refractoryFraction[s] >= span) {
                    u[s] = 0;
                    j[s] = 0;
                    theta[s] = freeTheta[s];
                    resets.forget(s);
                    restedAt[s] = h;
                } else {
                    oldest = Math.min(oldest, Math.max(lastEvent[s], refractoryEnd[s]));
                }
            }
        }
        oldest = Math.min(oldest, h);
    }

    /** Computes the potential at h of lanes whose clamp has ended since the clock; the currents are those at the clock. */
    private int settle(long h) {
        int count = 0;
        while (resets.unsettled != resets.end && resets.spike(resets.unsettled) + constants.clampHalfTicks() < h) {
            int entry = resets.unsettled++;
            if (!resets.isValid(entry)) {
                continue;
            }
            int s = resets.lane(entry);
            long clampEnd = resets.spike(entry) + constants.clampHalfTicks();
            double fraction = resets.fraction(entry);
            double current = j[s] * TableExp.of((clampEnd + fraction - clock) * HALF_TICK_S * inverseTauS);
            double x = response.potential(resetU[s], current, (h - clampEnd - fraction) * HALF_TICK_S);
            settledLane[count] = s;
            settledU[count++] = isReached(s) ? Math.max(low, Math.min(high, x)) : x;
            if (entry - resets.unreleased < 0) {
                theta[s] = freeTheta[s];
            }
        }
        return count;
    }

    private int placeSettled(int settled, int hit, double seconds) {
        int hitBlocks = hit;
        for (int i = 0; i < settled; i++) {
            int s = settledLane[i];
            u[s] = settledU[i];
            excess[s] = u[s] + (j[s] - u[s] * inverseTauM) * seconds - theta[s];
            if (excess[s] >= 0) {
                hitBlocks = addHit(hitBlocks, s / BLOCK * BLOCK);
            }
        }
        return hitBlocks;
    }

    private int addHit(int count, int block) {
        for (int i = 0; i < count; i++) {
            if (hits[i] == block) {
                return count;
            }
        }
        hits[count] = block;
        return count + 1;
    }

    /** Moves all lanes and adds the pulses; gives the number of blocks in which a lane may cross within so many seconds. */
    private int advance(double[] w, double seconds) {
        move(u, j, w, theta, excess, tables.membrane, tables.line, tables.response, inverseTauM, seconds);
        clipHeldOff();
        int count = 0;
        for (int i = 0; i < u.length; i++) {
            if (excess[i] >= 0 || u[i] < low) {
                int block = i & -BLOCK;
                clip(block, seconds);
                hits[count++] = block;
                i = block + BLOCK - 1;
            }
        }
        return count;
    }

    // a loop of its own without calls: the compiler makes vectors of it, on every version
    private static void move(
            double[] u,
            double[] j,
            double[] w,
            double[] theta,
            double[] excess,
            double membrane,
            double line,
            double response,
            double inverseTauM,
            double seconds) {
        for (int i = 0; i < u.length; i++) {
            double before = j[i];
            double x = u[i] * membrane + before * response;
            double y = before * line + w[i];
            u[i] = x;
            j[i] = y;
            excess[i] = x + (y - x * inverseTauM) * seconds - theta[i];
        }
    }

    private void clip(int block, double seconds) {
        for (int s = block; s < block + BLOCK; s++) {
            double x = u[s];
            if ((x < low || x > high) && isReached(s)) {
                x = Math.max(low, Math.min(high, x));
                u[s] = x;
                excess[s] = x + (j[s] - x * inverseTauM) * seconds - theta[s];
            }
        }
    }

    /** The upper rail lies above every threshold, so only lanes that may not fire can meet it. */
    private void clipHeldOff() {
        for (int entry = resets.unreleased; entry - resets.unsettled < 0; entry++) {
            int s = resets.lane(entry);
            if (u[s] > high && isReached(s)) {
                u[s] = high;
            }
        }
    }

    /** Whether the present event reaches a lane: only those meet the rails, as if each had moved alone. */
    private boolean isReached(int s) {
        for (int i = 0; i < present; i++) {
            if (pulses[i].reached[s]) {
                return true;
            }
        }
        return false;
    }

    // ---- crossings -------------------------------------------------------------------------------------------------

    /** Solves the lanes of these blocks whose tangent passes; crossings within d half-ticks count. */
    private void solveHits(int count, long d) {
        if (count == 0) {
            return;
        }
        tables.take(d);
        for (int k = 0; k < count; k++) {
            for (int s = hits[k]; s < hits[k] + BLOCK; s++) {
                if (excess[s] >= 0 && mayCross(s)) {
                    solve(s, d);
                }
            }
        }
    }

    /** Whether a lane is above its threshold after the time of the factors, or has a maximum before that which may be. */
    private boolean mayCross(int s) {
        double x = u[s] * tables.membrane + j[s] * tables.response;
        return x >= theta[s] || j[s] * tables.line < x * inverseTauM && most(s) >= theta[s];
    }

    /**
     * What the potential of a lane can reach at most from now on. Below rest the leak helps the current: there the bound is
     * that of a start at rest, not one that takes the start into account.
     */
    private double most(int s) {
        double start = Math.max(0, u[s]);
        return start + peak * Math.max(0, j[s] - start * inverseTauM);
    }

    private void solve(int s, double until) {
        double at = root.seconds(u[s], j[s], theta[s]) / HALF_TICK_S;
        if (at <= until && at < FARTHEST_CROSSING) {
            crosses(s, at);
        }
    }

    private void crosses(int s, double offset) {
        pending.add(s, offset);
        nextCrossing = Math.min(nextCrossing, clock + (long) offset + 1);
    }

    /** No event is in sight: lanes that can cross at all are solved. */
    private void checkAll() {
        for (int s = 0; s < lanes; s++) {
            if (theta[s] < Double.POSITIVE_INFINITY && most(s) >= theta[s]) {
                solve(s, Double.POSITIVE_INFINITY);
            }
        }
        checked = NEVER;
    }

    /** The clock of the chip comes to the end of what was looked at: looks twice as far. */
    public void check() {
        if (!canAnyCross()) {
            checked = NEVER;
            return;
        }
        look = Math.max(2 * look, FIRST_LOOK);
        checked = clock + look;
        tables.take(look);
        for (int s = 0; s < lanes; s++) {
            if (theta[s] < Double.POSITIVE_INFINITY && mayCross(s) && !pending.contains(s)) {
                solve(s, look);
            }
        }
    }

    private boolean canAnyCross() {
        double best = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < lanes; s++) {
            best = Math.max(best, most(s) - theta[s]);
        }
        return best >= 0;
    }

    /** Lets happen what happens before half-tick h: crossings fire, refractory periods end. */
    public void fireDue(long h) {
        if (nextRelease <= h) {
            release(h);
        }
        if (nextCrossing > h) {
            return;
        }
        while (!pending.isEmpty()) {
            double offset = pending.first();
            long tick = clock + (long) offset;
            if (tick + 1 > h) {
                nextCrossing = tick + 1;
                return;
            }
            fire(pending.take(), tick, offset - (long) offset);
        }
        pending.clear();
        nextCrossing = NEVER;
    }

    private void fire(int s, long tick, double fraction) {
        theta[s] = Double.POSITIVE_INFINITY;
        fired[firedCount++] = circuit[s];
        resets.add(s, tick, fraction);
        refractoryEnd[s] = tick + constants.refractoryHalfTicks();
        refractoryFraction[s] = fraction;
        nextRelease = Math.min(nextRelease, refractoryEnd[s] + 1);
    }

    /** Ends refractory periods: a lane that cannot cross by itself waits for its next event, others are solved. */
    private void release(long h) {
        while (resets.unreleased != resets.end
                && resets.spike(resets.unreleased) + constants.refractoryHalfTicks() + 1 <= h) {
            int entry = resets.unreleased++;
            if (!resets.isValid(entry)) {
                continue;
            }
            int s = resets.lane(entry);
            boolean settled = entry - resets.unsettled < 0;
            double start = Math.max(0, settled ? Math.max(u[s], resetU[s]) : resetU[s]);
            if (start + peak * Math.max(0, j[s]) >= freeTheta[s]) {
                releaseExactly(s, entry, settled);
            }
            if (settled) {
                theta[s] = freeTheta[s];
            }
        }
        nextRelease = resets.unreleased == resets.end
                ? NEVER
                : resets.spike(resets.unreleased) + constants.refractoryHalfTicks() + 1;
    }

    private void releaseExactly(int s, int entry, boolean settled) {
        double end =
                (resets.spike(entry) + constants.refractoryHalfTicks() - clock + resets.fraction(entry)) * HALF_TICK_S;
        double x;
        if (settled) {
            x = response.potential(u[s], j[s], end);
        } else {
            double clampEnd =
                    (resets.spike(entry) + constants.clampHalfTicks() - clock + resets.fraction(entry)) * HALF_TICK_S;
            x = response.potential(resetU[s], j[s] * TableExp.of(clampEnd * inverseTauS), end - clampEnd);
        }
        double current = j[s] * TableExp.of(end * inverseTauS);
        double at = x >= freeTheta[s] ? end : end + root.seconds(x, current, freeTheta[s]);
        if (at / HALF_TICK_S < FARTHEST_CROSSING) {
            crosses(s, at / HALF_TICK_S);
        }
    }
}
