package firstspike.runtime.recording.log;

import java.nio.file.Path;

/** Whether records of one source may follow those of another in one file (formats.md 2.6). */
final class AppendCheck {

    private AppendCheck() {}

    /** What is other than before, for a note; empty when nothing is. */
    static String changes(Path file, LogHeader there, LogHeader given, boolean force) {
        if (there.tickPs() != given.tickPs()) {
            throw LogProblems.mismatch(file, "tick_ps", there.tickPs(), given.tickPs(), "write another log");
        }
        if (!there.labels().equals(given.labels())) {
            int at = 0;
            while (at < Math.min(there.labels().size(), given.labels().size())
                    && there.labels().get(at).equals(given.labels().get(at))) {
                at++;
            }
            throw LogProblems.mismatch(file, "labels", entry(there, at), entry(given, at), "write another log");
        }
        return change(file, "target", there.target(), given.target(), force)
                + change(file, "calibration_id", there.calibrationId(), given.calibrationId(), force);
    }

    private static Object entry(LogHeader header, int at) {
        return at < header.labels().size() ? header.labels().get(at) : at + " entries";
    }

    private static String change(Path file, String field, String there, String given, boolean force) {
        if (there.equals(given)) {
            return "";
        }
        if (!force) {
            throw LogProblems.mismatch(file, field, there, given, "--force goes on, and marks it");
        }
        String note = field + ": " + there + " -> " + given + "\n";
        return note.length() <= Mark.MAX_TEXT / 2 ? note : field + " changed\n";
    }
}
