package firstspike.experiments.config;

import firstspike.runtime.error.ExperimentException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads one YAML document from the parser's events, so that no tag, anchor or alias ever makes anything: they are refused
 * with their place, as are a second document, doubled keys, keys that are no text, and more depth or length than allowed.
 */
final class YamlReader {

    /** Largest document in bytes and characters (formats.md 1). */
    static final int LARGEST = 1 << 20;

    private static final int DEEPEST = 32;

    private final String file;
    private final Problems problems;
    private final Parser parser;

    private YamlReader(String file, String text, Problems problems) {
        this.file = file;
        this.problems = problems;
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setNestingDepthLimit(DEEPEST);
        this.parser = new ParserImpl(new StreamReader(new StringReader(text)), options);
    }

    /**
     * @param file name for messages
     * @param text the document
     * @param problems takes what is wrong
     * @return the root, or null when there is none that could be read
     */
    static YamlNode read(String file, String text, Problems problems) {
        YamlNode whole = YamlNode.scalar(file, 1, 1, text.length() + " characters", true);
        if (text.length() > LARGEST) {
            problems.add(
                    ExperimentException.Code.YAML_LIMIT, whole, "", "1 MiB", "an experiment is a short text; split it");
            return null;
        }
        try {
            return new YamlReader(file, text, problems).document();
        } catch (Stop stop) {
            return null;
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            YamlNode at = mark == null
                    ? whole
                    : YamlNode.scalar(file, mark.getLine() + 1, mark.getColumn() + 1, excerpt(text, mark), true);
            problems.add(
                    ExperimentException.Code.YAML_REFUSED, at, "", "YAML 1.2", "correct the syntax: " + e.getProblem());
            return null;
        } catch (YAMLException e) {
            problems.add(
                    ExperimentException.Code.YAML_REFUSED, whole, "", "YAML 1.2", "correct the text: " + firstLine(e));
            return null;
        }
    }

    private YamlNode document() {
        parser.getEvent(); // start of the stream
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            return YamlNode.map(file, 1, 1, new LinkedHashMap<>());
        }
        parser.getEvent(); // start of the document
        YamlNode root = node(1);
        parser.getEvent(); // end of the document
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            throw stop(
                    ExperimentException.Code.YAML_REFUSED,
                    parser.peekEvent(),
                    "a second document",
                    "one document",
                    "keep one experiment in a file");
        }
        return root;
    }

    private YamlNode node(int depth) {
        Event event = parser.getEvent();
        if (depth > DEEPEST) {
            throw stop(
                    ExperimentException.Code.YAML_LIMIT,
                    event,
                    "depth " + depth,
                    "depth " + DEEPEST,
                    "nest less deeply");
        }
        if (event instanceof AliasEvent alias) {
            throw stop(
                    ExperimentException.Code.YAML_REFUSED,
                    event,
                    "*" + alias.getAnchor(),
                    "no aliases",
                    "write the value out");
        }
        if (event instanceof NodeEvent named && named.getAnchor() != null) {
            throw stop(
                    ExperimentException.Code.YAML_REFUSED,
                    event,
                    "&" + named.getAnchor(),
                    "no anchors",
                    "remove the anchor");
        }
        if (event instanceof MappingStartEvent start) {
            refuseTag(start.getTag(), event);
            return map(event, depth);
        }
        if (event instanceof SequenceStartEvent start) {
            refuseTag(start.getTag(), event);
            List<YamlNode> items = new ArrayList<>();
            while (!parser.checkEvent(Event.ID.SequenceEnd)) {
                items.add(node(depth + 1));
            }
            parser.getEvent();
            return YamlNode.list(file, line(event), column(event), items);
        }
        ScalarEvent scalar = (ScalarEvent) event;
        refuseTag(scalar.getTag(), event);
        return YamlNode.scalar(
                file, line(event), column(event), scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN);
    }

    private YamlNode map(Event start, int depth) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            YamlNode key = node(depth + 1);
            YamlNode value = node(depth + 1);
            if (key.kind() != YamlNode.Kind.SCALAR) {
                problems.add(ExperimentException.Code.YAML_REFUSED, key, "", "a text as key", "write a plain key");
            } else if (entries.putIfAbsent(key.text(), new YamlNode.Entry(key, value)) != null) {
                problems.add(
                        ExperimentException.Code.DUPLICATE_KEY,
                        key,
                        key.text(),
                        "once in a map, first in line "
                                + entries.get(key.text()).key().line(),
                        "remove one of them");
            }
        }
        parser.getEvent();
        return YamlNode.map(file, line(start), column(start), entries);
    }

    private void refuseTag(String tag, Event event) {
        if (tag != null) {
            throw stop(
                    ExperimentException.Code.YAML_REFUSED,
                    event,
                    "tag " + tag,
                    "no tags",
                    "remove the tag; the key says what its value is");
        }
    }

    private Stop stop(ExperimentException.Code code, Event at, String value, String limit, String remedy) {
        problems.add(code, YamlNode.scalar(file, line(at), column(at), value, true), "", limit, remedy);
        return new Stop();
    }

    private static int line(Event event) {
        return event.getStartMark().getLine() + 1;
    }

    private static int column(Event event) {
        return event.getStartMark().getColumn() + 1;
    }

    private static String excerpt(String text, Mark mark) {
        return text.lines()
                .skip(mark.getLine())
                .findFirst()
                .orElse("end of the text")
                .strip();
    }

    private static String firstLine(YAMLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** Ends the reading after a problem was noted. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
