package firstspike.driver.fpga;

import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.ResultAssembler;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.TimeBase;
import firstspike.driver.playback.Note;
import firstspike.driver.playback.PlaybackProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Health of one run over the wire: what host, FPGA and chip counted (playback.md 11). What only an emulator could know is
 * absent.
 *
 * @param survey of the program
 * @param reception of its answers
 * @param first counters of the session before the run
 * @param last counters of the session behind it
 * @param syncedBefore whether chip and FPGA counted together before the run
 * @param rebuilt whether the session was opened again for this run
 */
record FpgaHealth(
        ProgramSurvey survey,
        Reception reception,
        FrameCounts first,
        FrameCounts last,
        boolean syncedBefore,
        boolean rebuilt) {

    private static final int ERROR_BITS = 0x0d;

    /**
     * @param programNotes of the program, in front of those of the link
     * @return counters and notes
     */
    RunHealth health(List<Note> programNotes) {
        ResultAssembler assembler = reception.assembler();
        TimeBase timeBase = assembler.timeBase(syncedBefore, survey.syncedAfter(syncedBefore));
        return new RunHealth(counters(assembler), timeBase, notes(programNotes, timeBase));
    }

    private SortedMap<String, Long> counters(ResultAssembler assembler) {
        SortedMap<String, Long> counters = new TreeMap<>();
        counters.put(HealthKeys.EVENTS_SENT, survey.stimuli());
        counters.put(HealthKeys.EVENTS_RECEIVED, assembler.spikeCount());
        counters.put(HealthKeys.SAMPLES, assembler.sampleCount());
        counters.put(HealthKeys.SUSPECT_TIME, assembler.suspectTimes());
        counters.put(HealthKeys.LINK_NOTIFICATIONS, unexpectedNotifications(assembler));
        for (int n = 1; n <= 3; n++) {
            counters.put(HealthKeys.PACKS_OF + n, assembler.packs(n));
            counters.put(HealthKeys.SAMPLE_PACKS_OF + n, assembler.samplePacks(n));
        }
        counters.put(HealthKeys.LINK_FRAMES, last.sent() - first.sent());
        counters.put(HealthKeys.LINK_RETRANSMITS, last.resent() - first.resent());
        counters.put(HealthKeys.LINK_DUPLICATES, last.duplicates() - first.duplicates());
        if (reception.healthComplete()) {
            reception.reads().report(reception.before(), reception.after(), counters);
        }
        return counters;
    }

    /** Everything but "up" is unexpected, and "up" too unless the program set the links up (playback.md 6.4). */
    private long unexpectedNotifications(ResultAssembler assembler) {
        return assembler.unexpectedNotifications()
                + (survey.leavesLinksAlone() ? Integer.bitCount(reception.linksCameUp()) : 0);
    }

    private List<Note> notes(List<Note> programNotes, TimeBase timeBase) {
        List<Note> notes = new ArrayList<>(programNotes);
        if (survey.instructions() > PlaybackProgram.MAX_INSTRUCTIONS) {
            notes.add(RunHealth.streamedNote());
        }
        if (rebuilt) {
            notes.add(Note.of("link-rebuilt", "the session with the FPGA was opened again"));
        }
        if (timeBase == TimeBase.RELATIVE) {
            notes.add(Note.of("link-warning", "the first answer came without an absolute time"));
        }
        long[] errors = reception.linkErrors();
        for (int link = 0; link < errors.length; link++) {
            if (errors[link] != 0) {
                notes.add(new Note("link-warning", warning(link, reception.linkErrorBits(link)), errors[link]));
            }
        }
        if (reception.eventsAfterEnd() > 0) {
            notes.add(new Note(
                    "events-after-end",
                    "events came while the health was read behind the program; they are left out",
                    reception.eventsAfterEnd()));
        }
        if (!reception.reads().any()) {
            notes.add(Note.of("health-not-read", "the program fills the playback memory, counters were not read"));
        }
        return notes;
    }

    private static String warning(int link, int bits) {
        List<String> names = new ArrayList<>();
        if ((bits & 8) != 0) {
            names.add("decode error");
        }
        if ((bits & 4) != 0) {
            names.add("CRC error");
        }
        if ((bits & 1) != 0) {
            names.add("check error");
        }
        return "high-speed link (PHY) " + link + ": " + String.join(", ", names);
    }

    /** Whether a link notification reports an error (wire.md 10). */
    static boolean isError(int bits) {
        return (bits & ERROR_BITS) != 0;
    }
}
