package firstspike.runtime.recording.log;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Decodes what frames a log: header, index and footer. Unknown fields are ignored. Stateless. */
final class FrameDecoder {

    private static final int ALL_FIELDS = 0b111_1110;

    /** More than an index of 8 MiB can have of entries that say something. */
    private static final int MOST_ENTRIES = 1 << 20;

    private FrameDecoder() {}

    /** Format of a header, before anything else of it is looked at. */
    static long formatVersion(WireInput in) throws MalformedPayload {
        long version = 0;
        while (in.next()) {
            if (in.is(1, WireInput.VARINT)) {
                version = in.varint();
            } else {
                in.skip();
            }
        }
        return version;
    }

    static LogHeader header(WireInput in) throws MalformedPayload {
        String runId = "";
        String target = "";
        String fidelity = "";
        String chipId = "";
        String calibrationId = "";
        String configSha256 = "";
        long tickPs = 0;
        long created = 0;
        String writer = "";
        List<LabelEntry> labels = new ArrayList<>();
        while (in.next()) {
            if (in.is(2, WireInput.DELIMITED)) {
                runId = in.text();
            } else if (in.is(3, WireInput.DELIMITED)) {
                target = in.text();
            } else if (in.is(4, WireInput.DELIMITED)) {
                fidelity = in.text();
            } else if (in.is(5, WireInput.DELIMITED)) {
                chipId = in.text();
            } else if (in.is(6, WireInput.DELIMITED)) {
                calibrationId = in.text();
            } else if (in.is(7, WireInput.DELIMITED)) {
                configSha256 = HexFormat.of().formatHex(in.raw());
            } else if (in.is(8, WireInput.VARINT)) {
                tickPs = in.varint();
            } else if (in.is(9, WireInput.VARINT)) {
                created = in.varint();
            } else if (in.is(10, WireInput.DELIMITED)) {
                writer = in.text();
            } else if (in.is(11, WireInput.DELIMITED)) {
                if (labels.size() == LogHeader.MAX_LABELS) {
                    throw MalformedPayload.message("header with more than " + LogHeader.MAX_LABELS + " labels");
                }
                labels.add(label(in.message()));
            } else {
                in.skip();
            }
        }
        if (tickPs <= 0) {
            throw MalformedPayload.message("header with ticks of " + Long.toUnsignedString(tickPs) + " ps");
        }
        return new LogHeader(
                runId, target, fidelity, chipId, calibrationId, configSha256, tickPs, created, writer, labels);
    }

    private static LabelEntry label(WireInput in) throws MalformedPayload {
        int direction = 0;
        long label = 0;
        String population = "";
        long neuron = 0;
        while (in.next()) {
            if (in.is(1, WireInput.VARINT)) {
                direction = (int) in.varint();
            } else if (in.is(2, WireInput.VARINT)) {
                label = in.varint();
            } else if (in.is(3, WireInput.DELIMITED)) {
                population = in.text();
            } else if (in.is(4, WireInput.VARINT)) {
                neuron = in.varint();
            } else {
                in.skip();
            }
        }
        SpikeDirection known = SpikeDirection.of(direction);
        if (known == null || label < 0 || label > 0xffff || neuron < 0 || neuron > Integer.MAX_VALUE) {
            throw MalformedPayload.message("label " + label + " of direction " + direction + ", neuron " + neuron);
        }
        return new LabelEntry(known, (int) label, population, (int) neuron);
    }

    static List<IndexEntry> index(WireInput in) throws MalformedPayload {
        List<IndexEntry> entries = new ArrayList<>();
        while (in.next()) {
            if (in.is(1, WireInput.DELIMITED)) {
                IndexEntry entry = entry(in.message());
                if (entries.size() == MOST_ENTRIES) {
                    throw MalformedPayload.message("index with more than " + MOST_ENTRIES + " entries");
                }
                if (entry.kind() != null) {
                    entries.add(entry);
                }
            } else {
                in.skip();
            }
        }
        return entries;
    }

    private static IndexEntry entry(WireInput in) throws MalformedPayload {
        long[] values = new long[7];
        while (in.next()) {
            if (in.field() <= values.length && in.type() == WireInput.VARINT) {
                values[in.field() - 1] = in.varint();
            } else {
                in.skip();
            }
        }
        return new IndexEntry(
                values[0],
                values[1],
                values[2],
                Varint.unzigzag(values[3]),
                Varint.unzigzag(values[4]),
                (int) values[5],
                RecordKind.of((int) values[6]));
    }

    static LogFooter footer(WireInput in) throws MalformedPayload {
        long[] values = new long[7];
        int seen = 0;
        while (in.next()) {
            if (in.field() < values.length && in.type() == WireInput.FIXED64) {
                values[in.field()] = in.fixed64();
                seen |= 1 << in.field();
            } else {
                in.skip();
            }
        }
        if (seen != ALL_FIELDS) {
            throw MalformedPayload.message("footer without all of its six fields");
        }
        return new LogFooter(values[1], values[2], values[3], values[4], values[5], values[6]);
    }
}
