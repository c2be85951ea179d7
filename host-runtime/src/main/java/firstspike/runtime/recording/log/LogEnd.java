package firstspike.runtime.recording.log;

import firstspike.runtime.framing.RecordFrame;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;

/**
 * What the end of a closed log says: footer, index, last counters.
 *
 * @param bytes of the file
 * @param footer its last record
 * @param counters the last health record
 * @param events sum over the chunks of the index
 * @param chunks in the index
 * @param firstTick least tick of them
 * @param lastTick largest tick of them
 */
record LogEnd(
        long bytes, LogFooter footer, HealthRecord counters, long events, long chunks, long firstTick, long lastTick) {

    /** Records of a closed log without a sequence: header, index, footer. */
    static final int UNNUMBERED = 3;

    /** The end of a file; null when it has not the form of a closed log. */
    static LogEnd of(FileChannel channel) throws IOException {
        FrameWindow window = new FrameWindow(channel);
        long footerAt = window.size() - LogFooter.FRAME;
        try {
            WireInput last = whole(window, footerAt, firstspike.proto.log.v1.LogRecord.FOOTER_FIELD_NUMBER);
            if (last == null) {
                return null;
            }
            LogFooter footer = FrameDecoder.footer(last);
            long indexAt = footer.indexOffset();
            WireInput index = whole(window, indexAt, firstspike.proto.log.v1.LogRecord.INDEX_FIELD_NUMBER);
            if (index == null || indexAt + window.length(indexAt) + RecordFrame.OVERHEAD != footerAt) {
                return null;
            }
            return of(window, footer, FrameDecoder.index(index));
        } catch (MalformedPayload e) {
            // what is wrong with it, a scan will tell
            return null;
        }
    }

    private static LogEnd of(FrameWindow window, LogFooter footer, List<IndexEntry> entries)
            throws IOException, MalformedPayload {
        long events = 0;
        long chunks = 0;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        IndexEntry counters = null;
        for (IndexEntry entry : entries) {
            switch (entry.kind()) {
                case SPIKES, SAMPLES -> {
                    events += entry.count() & 0xffffffffL;
                    chunks++;
                    first = Math.min(first, entry.firstTick());
                    last = Math.max(last, entry.lastTick());
                }
                case HEALTH -> counters = entry;
                case MARK, SETUP -> {
                    // not counted
                }
            }
        }
        if (counters == null) {
            return null;
        }
        WireInput health = whole(window, counters.offset(), RecordKind.HEALTH.number());
        if (health == null) {
            return null;
        }
        HealthRecord record = (HealthRecord) RecordDecoder.record(RecordKind.HEALTH, health);
        return new LogEnd(window.size(), footer, record, events, chunks, first, last);
    }

    private static WireInput whole(FrameWindow window, long at, int field) throws IOException, MalformedPayload {
        if (at < 0 || at > window.size() || window.look(at) != FrameWindow.State.WHOLE) {
            return null;
        }
        WireInput payload = window.payload(at);
        return RecordDecoder.open(payload) == field ? payload.message() : null;
    }
}
