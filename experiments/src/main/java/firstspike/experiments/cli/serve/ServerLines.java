package firstspike.experiments.cli.serve;

import firstspike.driver.hostarq.HostArqCounters;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.server.ChipActivity;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.Totals;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Waits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What servers of chips say when they are ready and when they stop. */
final class ServerLines {

    private ServerLines() {}

    static Map<String, Object> row(ChipDescription chip) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", chip.chipId().value());
        row.put("kind", chip.kind().name().toLowerCase(Locale.ROOT));
        row.put("fidelity", chip.fidelity());
        return row;
    }

    static String named(List<ChipDescription> chips) {
        List<String> ids = chips.stream().map(chip -> chip.chipId().value()).toList();
        return ids.size() + (ids.size() == 1 ? " chip (" : " chips (") + String.join(", ", ids) + ")";
    }

    static void totals(ChipServer server, Map<String, Object> tree) {
        Totals totals = server.totals();
        tree.put("sessions", totals.sessions());
        tree.put("expired_sessions", totals.expiredSessions());
        tree.put("programs_done", totals.programsDone());
        tree.put("programs_failed", totals.programsFailed());
        tree.put("calls_refused", totals.refusedCalls());
        tree.put("waits", server.activity().stream().map(ServerLines::waits).toList());
    }

    private static Map<String, Object> waits(ChipActivity chip) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("chip", chip.chip().value());
        row.put("largest_wait_ms", chip.largestWait().toNanos() / 1e6);
        row.put(
                "wait_bound_ms",
                chip.waitBound().map(bound -> bound.toNanos() / 1e6).orElse(null));
        return row;
    }

    /** The totals for people, with the largest wait at each chip where somebody waited, and its bound (playback.md 14.2). */
    static void totals(ChipServer server, Console console) {
        console.line(server.totals().toString());
        server.activity().forEach(chip -> chip.waitBound()
                .ifPresent(bound ->
                        console.line(chip.chip() + ": largest wait " + Waits.text(chip.largestWait(), bound))));
    }

    /** Counters of a session with an FPGA (wire.md 15). */
    static Map<String, Object> frames(HostArqCounters counters) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("frames_sent", counters.framesSent());
        tree.put("frames_resent", counters.framesResent());
        tree.put("frames_received", counters.framesReceived());
        tree.put("words_sent", counters.payloadWordsSent());
        tree.put("words_received", counters.payloadWordsReceived());
        tree.put("duplicates", counters.duplicates());
        tree.put("out_of_order", counters.outOfOrder());
        Map<String, Object> dropped = new LinkedHashMap<>();
        dropped.put("short", counters.droppedShort());
        dropped.put("length_mismatch", counters.droppedLengthMismatch());
        dropped.put("seq_range", counters.droppedSeqRange());
        dropped.put("ack_range", counters.droppedAckRange());
        dropped.put("before_open", counters.droppedBeforeOpen());
        dropped.put("congestion", counters.congestionDrops());
        tree.put("dropped", dropped);
        tree.put("acks_sent", counters.acksSent());
        tree.put("acks_received", counters.acksReceived());
        tree.put("stalls", counters.stalls());
        tree.put("rto_us", counters.currentRtoUs());
        tree.put("round_trip_us", counters.roundTripUs());
        return tree;
    }

    /** The counters of a session with an FPGA that people look at first; a time needs a frame that was sent only once. */
    static String text(HostArqCounters counters) {
        return counters.framesReceived() + " frames received, " + counters.framesSent() + " sent, "
                + counters.framesResent() + " of them again, " + counters.duplicates() + " duplicates, round trip "
                + (counters.roundTripUs() == 0 ? "not measured" : counters.roundTripUs() + " us") + ", RTO "
                + counters.currentRtoUs() + " us";
    }
}
