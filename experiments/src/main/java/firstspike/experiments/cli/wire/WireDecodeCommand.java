package firstspike.experiments.cli.wire;

import firstspike.experiments.capture.CaptureReader;
import firstspike.experiments.capture.Datagram;
import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Failure;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.wire.Direction;
import firstspike.experiments.wire.WireListing;
import firstspike.experiments.wire.WireRecord;
import firstspike.experiments.wire.WireTotals;
import firstspike.experiments.wire.WordListing;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.recording.StorageFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a captured stream as instructions and responses. */
@Command(
        name = "decode",
        header = "Prints a captured stream as instructions and responses with ticks.",
        description = {
            "",
            "FILE is a pcap or pcapng capture, or 64-bit words, big endian; its first bytes tell which.",
            "A line: time, direction, frame, index in the program, tick, content. Ticks are the timer at",
            "issue, as far as the program tells (TO), and the FPGA's time (FROM). Lines with # are remarks.",
            "Repeated frames are shown once. With --json each line is an object."
        },
        footer = {
            "  firstspike wire decode run.pcap",
            "  firstspike wire decode run.pcap --direction to",
            "  firstspike wire decode answers.words --direction from --json"
        })
final class WireDecodeCommand extends Action {

    private static final int BUFFER = 1 << 16;

    @Parameters(paramLabel = "FILE", description = "Capture or words.")
    Path file;

    @Option(
            names = "--direction",
            paramLabel = "to|from",
            description = "Capture: show only this direction (default: both). Words: whose they are (default: to).")
    Direction direction;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "1234",
            description = "Data port of an FPGA whose reset frame is not in the capture (default: 1234).")
    int port;

    @Override
    protected int run(Environment environment, Console console) {
        if (port < 1 || port > 65535) {
            throw new UsageException("--port: " + port + " (limit: 1 to 65535); give a UDP port");
        }
        Listing listing = new Listing(console, Optional.ofNullable(direction));
        try {
            return CaptureReader.isCapture(file) ? capture(listing, console) : words(listing, console);
        } catch (IOException e) {
            throw StorageFailure.of(file, e);
        } finally {
            listing.flush();
        }
    }

    private int capture(Listing listing, Console console) throws IOException {
        WireListing wire = new WireListing(listing, port);
        try (CaptureReader reader = CaptureReader.open(file)) {
            for (Optional<Datagram> next = reader.next(); next.isPresent(); next = reader.next()) {
                wire.datagram(next.get());
            }
            wire.finish();
            if (reader.truncated()) {
                console.warn(file + " ends within a record: its writer was stopped");
            }
            Map<String, Object> tree = summary("capture", wire.totals());
            tree.put("datagrams", reader.datagrams());
            Map<String, Object> skipped = new TreeMap<>();
            reader.skipped().forEach((reason, count) -> skipped.put(reason.toString(), count));
            tree.put("skipped_packets", skipped);
            tree.put("truncated", reader.truncated());
            listing.flush();
            console.object(tree);
            console.line(wire.totals().text());
            console.line("# " + reader.datagrams() + " datagrams"
                    + (skipped.isEmpty() ? "" : ", skipped packets: " + skipped));
            if (reader.datagrams() > 0 && wire.totals().messages() == 0) {
                console.warn("no frames of an FPGA among them; --port names its data port");
            }
        }
        return exit(wire.totals());
    }

    private int words(Listing listing, Console console) throws IOException {
        WordListing words = new WordListing(direction == null ? Direction.TO : direction, listing);
        byte[] bytes = new byte[BUFFER];
        int rest = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            int got;
            do {
                got = in.readNBytes(bytes, 0, BUFFER);
                ByteBuffer view = ByteBuffer.wrap(bytes, 0, got);
                while (view.remaining() >= Long.BYTES) {
                    words.word(view.getLong());
                }
                rest = view.remaining();
            } while (got == BUFFER);
        }
        words.finish();
        listing.flush();
        console.object(summary("words", words.totals()));
        if (rest > 0) {
            throw new FormatException(
                    FormatException.Code.TRUNCATED,
                    "end of " + file,
                    rest + " bytes",
                    "whole words of 8 bytes",
                    "give a capture, or words in big-endian order");
        }
        return exit(words.totals());
    }

    private Map<String, Object> summary(String form, WireTotals totals) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", WireRecord.SCHEMA);
        tree.put("record", "summary");
        tree.put("file", file.toString());
        tree.put("form", form);
        tree.putAll(totals.json());
        return tree;
    }

    private static int exit(WireTotals totals) {
        return totals.errors() > 0 ? Failure.FILE : DONE;
    }
}
