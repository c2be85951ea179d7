package firstspike.runtime.recording;

import java.util.List;

/**
 * What a health counter means for a result (formats.md 3.3).
 *
 * @param key of the counter; a trailing dot stands for all keys that begin so
 * @param degradesAbove a larger value degrades; not-a-number: never
 * @param falsifiesAbove a larger value falsifies; not-a-number: never
 * @param perReceived the limits are fractions of the received events
 */
record HealthRule(String key, double degradesAbove, double falsifiesAbove, boolean perReceived) {

    private static final double NEVER = Double.NaN;
    /** An event that is later degrades a result, in ticks: 1 us. */
    static final double LATE_TICKS = 125;

    private static final double TOO_LATE_TICKS = 1250;
    private static final double OUTSIDE = 0.001;

    static final List<HealthRule> ALL = List.of(
            falsifies("events.dropped."),
            falsifies("events.merged"),
            falsifies("events.in_flight_at_halt"),
            falsifies("events.suspect_time"),
            falsifies("events.late_responses"),
            falsifies("events.unmapped_label"),
            new HealthRule("events.outside_window", 0, OUTSIDE, true),
            new HealthRule("events.late_max_ticks", LATE_TICKS, TOO_LATE_TICKS, false),
            degrades("link.crc_errors"),
            degrades("link.unexpected_notifications"),
            falsifies("registers.writes_pending"),
            degrades("registers.unmapped"),
            degrades("program.underrun_ticks"),
            falsifies("ppu.ignored"),
            falsifies("gradient.nonfinite"),
            falsifies("log.missing_records"),
            falsifies("log.corrupt_records"),
            falsifies("log.skipped_bytes"),
            falsifies("log.marked_falsified"),
            degrades("log.not_ended"),
            degrades("log.recovered"),
            degrades("log.torn_bytes"),
            degrades("calibration.absent"),
            degrades("calibration.bad_neurons"),
            degrades("calibration.drifted"));

    private static HealthRule falsifies(String key) {
        return new HealthRule(key, NEVER, 0, false);
    }

    private static HealthRule degrades(String key) {
        return new HealthRule(key, 0, NEVER, false);
    }

    boolean concerns(String name) {
        return key.endsWith(".") ? name.startsWith(key) : name.equals(key);
    }
}
