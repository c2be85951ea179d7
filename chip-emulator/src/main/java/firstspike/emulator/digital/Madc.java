package firstspike.emulator.digital;

import firstspike.emulator.analog.ConverterLaws;

/**
 * The membrane converter: its state machine and its samples (registers.md 12, playback.md 7.1). Times are clocks of 2 ns,
 * which is the undivided MADC clock: clock c lies in half-tick c/2 and in tick c/4. The control bits are levels, but a start
 * counts only from a write that finds the converter ready or recording; one before that is noted and forgotten. Mutable;
 * owned by one thread.
 */
final class Madc {
    /** Clock of a sample that is never taken. */
    static final long NEVER = Long.MAX_VALUE;
    /** Clocks in a tick. */
    static final int CLOCKS = 4;

    private static final int WAKE_UP = 1;
    private static final int START = 2;
    private static final int STOP = 4;
    private static final int POWER_DOWN = 8;
    private static final int CONTINUOUS = 16;
    private static final int PRE_AMPLIFIER = 32;

    private static final int CONFIG = RegisterSpace.PLAIN_READOUT + 1;
    private static final int SHORTEST_SAMPLE = 12;
    private static final int DUMMY = 2;
    private static final int VALUE_MASK = 0x3FF;
    private static final int CHANNEL_BIT = 10;
    /** Switches on the way from the multiplexers through the pre-amplifier, by word. */
    private static final int PREAMP_TO_MADC = 1;

    private static final int VOLTAGE_PATH = 0x51;

    private final RegisterFile registers;
    private final ReadoutLines lines;
    private final ConverterLaws laws;
    private final FabricNotes notes;

    private State state = State.OFF;
    private int control;
    private boolean startAccepted;
    private long readyAt;
    private long next = NEVER;
    private long period;
    private int number;
    private int input;
    private int inputLength;
    private long taken;

    private enum State {
        OFF,
        WAKING,
        READY,
        RECORDING
    }

    Madc(RegisterFile registers, ReadoutLines lines, ConverterLaws laws, FabricNotes notes) {
        this.registers = registers;
        this.lines = lines;
        this.laws = laws;
        this.notes = notes;
    }

    /** Takes over the state of another converter. */
    void copyFrom(Madc other) {
        state = other.state;
        control = other.control;
        startAccepted = other.startAccepted;
        readyAt = other.readyAt;
        next = other.next;
        period = other.period;
        number = other.number;
        input = other.input;
        inputLength = other.inputLength;
        taken = other.taken;
    }

    /** Power-on state. */
    void reset() {
        state = State.OFF;
        control = 0;
        startAccepted = false;
        next = NEVER;
    }

    /** Clock at which the converter wants to be served next: a sample, or the end of waking with a start to follow. */
    long next() {
        return state == State.WAKING && startAccepted ? readyAt : next;
    }

    /** A control word takes effect at a clock; samples before it were taken. */
    void control(int word, long clock) {
        wake(clock);
        control = word;
        boolean start = isSet(START);
        boolean on = state == State.READY || state == State.RECORDING;
        if (start && !on && !startAccepted) {
            notes.add("madc-not-ready", "start_recording of the MADC came before it was awake and was ignored");
        }
        startAccepted = start && (on || startAccepted);
        if (state == State.OFF && isSet(WAKE_UP)) {
            powerUp(clock);
        } else if (state == State.READY) {
            startIfAsked(clock);
        } else if (state == State.RECORDING && (isSet(STOP) || isComplete())) {
            end(clock);
        }
    }

    /** Performs what {@link #next} announced for a clock; returns the raw sample, or -1 if there was none. */
    int serve(long clock) {
        if (state != State.RECORDING) {
            wake(clock);
            startIfAsked(clock);
            return -1;
        }
        int sample = sample(clock);
        taken++;
        next += period;
        if (isComplete()) {
            end(clock);
        }
        return sample;
    }

    /** Whether the converter is awake, or waking. */
    boolean powered() {
        return state != State.OFF;
    }

    private void wake(long clock) {
        if (state == State.WAKING && readyAt <= clock) {
            state = State.READY;
        }
    }

    private void powerUp(long clock) {
        state = State.WAKING;
        readyAt = clock + (config(1) & 0x3FF) * divider();
    }

    private void startIfAsked(long clock) {
        if (!startAccepted || isSet(STOP) || state != State.READY) {
            return;
        }
        number = config(3) & 0xFFFF;
        if (number == 0 && !isSet(CONTINUOUS)) {
            return;
        }
        period = (SHORTEST_SAMPLE + (config(0) >>> 8 & 7)) * divider();
        input = config(0) >>> 3 & 1;
        inputLength = config(0) >>> 4 & 15;
        taken = 0;
        next = clock + period;
        state = State.RECORDING;
    }

    private boolean isComplete() {
        return !isSet(CONTINUOUS) && taken >= number;
    }

    private void end(long clock) {
        next = NEVER;
        if (!isSet(POWER_DOWN)) {
            state = State.READY;
            startIfAsked(clock);
        } else if (isSet(WAKE_UP)) {
            powerUp(clock);
        } else {
            state = State.OFF;
        }
    }

    private int sample(long clock) {
        int channel = inputLength == 0 ? input : (int) (input + taken / inputLength & 1);
        int value = (config(6) & DUMMY) != 0 ? (int) taken & VALUE_MASK : convert(channel, clock);
        return channel << CHANNEL_BIT | value;
    }

    private int convert(int channel, long clock) {
        if (!isSet(PRE_AMPLIFIER) || (config(7) & PREAMP_TO_MADC) == 0 || (config(9) & VOLTAGE_PATH) != VOLTAGE_PATH) {
            return 0;
        }
        double volt = lines.volt(channel, clock >> 1, (clock & 1) / 2.0);
        long value = Math.round(laws.madc(channel, volt, clock >> 1));
        if (value > VALUE_MASK) {
            notes.saturated();
        }
        return (int) Math.max(0, Math.min(VALUE_MASK, value));
    }

    /** Undivided clocks in a clock of the converter. */
    private long divider() {
        return (config(8) & 1) == 0 ? 1 : 2L * ((config(8) >>> 1 & 0xFFF) + 1);
    }

    private int config(int word) {
        return registers.plain[CONFIG + word];
    }

    private boolean isSet(int bit) {
        return (control & bit) != 0;
    }
}
