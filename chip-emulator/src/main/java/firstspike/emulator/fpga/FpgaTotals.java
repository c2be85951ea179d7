package firstspike.emulator.fpga;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What an emulated FPGA behind a network did since it started. Counters that only an emulator has do not travel over the
 * wire, they stand here (wire.md 17). Read by any thread.
 */
public final class FpgaTotals {

    /** What is counted. */
    public enum Count {
        /** Correct reset frames. */
        SESSIONS,
        /** Programs that ended with their halt, after an instruction time-out too. */
        PROGRAMS,
        /** Instructions of all programs. */
        INSTRUCTIONS,
        /** Programs that an instruction time-out ended. */
        TIMEOUTS,
        /** Programs that ended without halt: a new session, a word that is no instruction, a fault. */
        BROKEN_OFF,
        /** Sessions that a word stopped which is no instruction. */
        DECODE_ERRORS,
        /** Sessions that met something that is not modelled; the log says what. */
        UNSUPPORTED,
        /** Sessions that a fault of the emulator stopped, each with its place in the log. */
        FAULTS,
        /** Duration of all programs in ticks. */
        VIRTUAL_TICKS,
        /** Ticks in which streamed programs ran dry. */
        UNDERRUN_TICKS,
        /** Events that arrived while recording was off. */
        EVENTS_NOT_RECORDED,
        /** Events that were on their way when a halt issued. */
        EVENTS_IN_FLIGHT_AT_HALT,
        /** Events lost in front of the trace. */
        TRACE_DROPS,
        /** Events lost between chip and FPGA, either way. */
        LINK_DROPS,
        /** Waits for a time that had passed. */
        LATE_INSTRUCTIONS,
        /** Answers that came after the halt. */
        LATE_RESPONSES,
        /** Writes that were pending at the halt. */
        WRITES_PENDING_AT_HALT,
        /** Reads of addresses that no register owns. */
        UNMAPPED_READS,
        /** Writes to such addresses. */
        UNMAPPED_WRITES,
        /** Values without an address directly before them. */
        ORPHAN_DATA,
        /** Programs that started a plasticity processor, without effect. */
        PPU_IGNORED;

        /** Name in records: lower case. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Count[] COUNTS = Count.values();

    private final AtomicLongArray counts = new AtomicLongArray(COUNTS.length);

    FpgaTotals() {}

    /** Value of a counter now. */
    public long of(Count count) {
        return counts.get(count.ordinal());
    }

    /** All counters under their keys, in the order of {@link Count}. */
    public Map<String, Long> toMap() {
        Map<String, Long> map = new LinkedHashMap<>();
        for (Count count : COUNTS) {
            map.put(count.key(), of(count));
        }
        return map;
    }

    void add(Count count, long value) {
        counts.addAndGet(count.ordinal(), value);
    }

    /** A program ended. */
    void add(RunReport report) {
        switch (report.stop()) {
            case HALTED -> add(Count.PROGRAMS, 1);
            case INSTRUCTION_TIMEOUT -> {
                add(Count.PROGRAMS, 1);
                add(Count.TIMEOUTS, 1);
            }
            case NO_INSTRUCTION -> {
                add(Count.BROKEN_OFF, 1);
                add(Count.DECODE_ERRORS, 1);
            }
            case PPU_START, SPIKE_LIMIT, CANCELLED, CALL_DEADLINE, EXECUTION_LIMIT -> add(Count.BROKEN_OFF, 1);
        }
        add(Count.INSTRUCTIONS, report.index());
        add(Count.VIRTUAL_TICKS, report.virtualTicks());
        add(Count.UNDERRUN_TICKS, report.underrunTicks());
        add(Count.EVENTS_NOT_RECORDED, report.eventsNotRecorded());
        add(Count.EVENTS_IN_FLIGHT_AT_HALT, report.eventsInFlight());
        add(Count.TRACE_DROPS, report.traceDrops());
        add(Count.LINK_DROPS, report.eventsLost() + report.stimuliLost());
        add(Count.LATE_INSTRUCTIONS, report.lateInstructions());
        add(Count.LATE_RESPONSES, report.lateResponses());
        add(Count.WRITES_PENDING_AT_HALT, report.writesPending());
        add(Count.UNMAPPED_READS, report.unmappedReads());
        add(Count.UNMAPPED_WRITES, report.unmappedWrites());
        add(Count.ORPHAN_DATA, report.orphans());
        add(Count.PPU_IGNORED, report.ppuIgnored() ? 1 : 0);
    }

    /** Sessions and programs, then every other counter that is not 0. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Count count : COUNTS) {
            if (count.compareTo(Count.PROGRAMS) <= 0 || of(count) != 0) {
                text.append(text.length() == 0 ? "" : ", ")
                        .append(of(count))
                        .append(' ')
                        .append(count.key().replace('_', ' '));
            }
        }
        return text.toString();
    }
}
