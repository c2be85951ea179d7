package firstspike.experiments.cli.wire;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.wire.InstructionParser;
import firstspike.experiments.wire.WireRecord;
import firstspike.experiments.wire.WordFile;
import firstspike.runtime.recording.StorageFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Turns the text of instructions into words or a capture. */
@Command(
        name = "encode",
        header = "Turns instructions as 'wire decode' prints them into words, or into a capture.",
        description = {
            "",
            "Remarks, responses, and what stands in front of an instruction are skipped. Nothing is added:",
            "a halt is in the result where the text says halt."
        },
        footer = {
            "  firstspike wire encode program.txt --out program.words",
            "  firstspike wire encode program.txt --out program.pcap --force"
        })
final class WireEncodeCommand extends Action {

    @Parameters(paramLabel = "FILE", description = "Text, one instruction a line.")
    Path file;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "What is written: a capture when it ends in .pcap, else 64-bit words, big endian.")
    Path out;

    @Option(names = "--force", description = "Replace a file that is there.")
    boolean force;

    @Override
    protected int run(Environment environment, Console console) {
        boolean capture = out.toString().toLowerCase(Locale.ROOT).endsWith(".pcap");
        long words;
        try (BufferedReader reader = open()) {
            words = capture ? WordFile.capture(out, force, source(reader)) : WordFile.words(out, force, source(reader));
        } catch (IOException e) {
            throw StorageFailure.of(file, e);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", WireRecord.SCHEMA);
        tree.put("record", "encoded");
        tree.put("file", out.toString());
        tree.put("form", capture ? "capture" : "words");
        tree.put("words", words);
        console.object(tree);
        console.line(words + " instructions in " + out);
        return DONE;
    }

    private BufferedReader open() throws IOException {
        return Files.newBufferedReader(file);
    }

    private WordFile.Source source(BufferedReader reader) {
        InstructionParser parser = new InstructionParser(file.toString());
        long[] number = {0};
        return () -> {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                OptionalLong word = parser.word(line, ++number[0]);
                if (word.isPresent()) {
                    return word;
                }
            }
            return OptionalLong.empty();
        };
    }
}
